const root = document.getElementById("app");

// The outline of index.html is painted first: reading and running what fills it would hold that frame back.
if (root) {
	requestAnimationFrame(() =>
		setTimeout(() => void import("../../ui/popup/start-popup.tsx").then(({ startPopup }) => startPopup(root))),
	);
}
