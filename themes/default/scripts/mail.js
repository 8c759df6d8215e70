// Hands a form that posts to mailto: to the mail program as it was typed. Without this, browsers garble accents and plus signs.
for (const form of document.querySelectorAll('form[action^="mailto:"]')) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = [...form.querySelectorAll("input")].map((input) => `${input.labels.length ? input.labels[0].textContent.trim() : input.name}\r\n${input.value}`);
    location.href = `${form.getAttribute("action")}&body=${encodeURIComponent(answers.join("\r\n\r\n"))}`;
  });
}
