// Hands a form that posts to mailto: to the mail program as it was typed. Without this, browsers garble accents and plus signs.
for (const form of document.querySelectorAll('form[action^="mailto:"]')) {
  const question = (name) => {
    const input = form.querySelector(`[name="${name}"]`);
    return (input.closest("fieldset")?.querySelector("legend") ?? input.labels?.[0])?.textContent.trim() ?? name;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = [...new FormData(form)].filter(([, value]) => value).map(([name, value]) => `${question(name)}\r\n${value}`);
    location.href = `${form.getAttribute("action")}&body=${encodeURIComponent(answers.join("\r\n\r\n"))}`;
  });
}
