// Shows the buttons that copy or share words, where the browser can; without this the links beside them work.
const abilities = {
  copy: navigator.clipboard && ((text) => navigator.clipboard.writeText(text)),
  share: navigator.share && ((text) => navigator.share({ text })),
};
for (const button of document.querySelectorAll("button[data-does]")) {
  const act = abilities[button.dataset.does];
  if (!act) continue;
  const words = document.getElementById(button.dataset.words);
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await act(words.value ?? [...words.querySelectorAll("p")].map((part) => part.innerText).join("\n\n"));
      button.textContent = button.dataset.done;
    } catch (refused) {
      // Sharing was called off. Where copying is forbidden, the words are marked for the keyboard.
      if (button.dataset.does === "copy") words.select ? words.select() : getSelection().selectAllChildren(words);
    }
  });
}
