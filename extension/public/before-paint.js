// Runs before the page is filled, so that it neither flashes another theme nor turns round. `applyTheme` keeps the copy it reads.
const root = document.documentElement;
root.lang = chrome.i18n.getMessage("locale");
root.dir = chrome.i18n.getMessage("dir");
const theme = localStorage.getItem("theme");
if (theme) root.dataset.theme = theme;
