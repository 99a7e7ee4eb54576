// Runs before the page is filled, so that a chosen theme does not flash the other one. `applyTheme` keeps the copy it reads.
const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
