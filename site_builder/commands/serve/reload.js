// Shows the page anew after every build, and what is wrong with the input in a box on the page.
const shown = new URL(document.currentScript.src).search.slice(1);

function show({ title: what, problems, more }) {
  document.getElementById("broadsheet-problems")?.remove();
  if (!problems.length) return;
  const box = document.createElement("aside");
  box.id = "broadsheet-problems";
  box.setAttribute("role", "status");
  const title = document.createElement("p");
  title.textContent = what;
  const list = document.createElement("ul");
  for (const problem of more ? [...problems, `and ${more} more`] : problems) {
    const item = document.createElement("li");
    item.textContent = problem;
    list.append(item);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.remove());
  box.append(title, list, close);
  document.body.append(box);
}

new EventSource(`/-/events?page=${encodeURIComponent(location.pathname)}`).addEventListener("message", (event) => {
  const news = JSON.parse(event.data);
  if (news.version === shown) show(news);
  else location.reload();
});
