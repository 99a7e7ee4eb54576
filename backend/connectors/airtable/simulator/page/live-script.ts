/**
 * Runs in the open page. Told of a change, it fetches the tables anew and takes over only what differs, row by row, so
 * that nothing flickers and nothing scrolls away. The markup is the server's own and already escaped.
 */
export const liveScript = `
const parser = new DOMParser();
let running = false, again = false;
async function refresh() {
	if (running) { again = true; return; }
	running = true;
	try {
		do {
			again = false;
			const reply = await fetch("/tables");
			if (reply.ok) takeOver(parser.parseFromString("<main>" + await reply.text() + "</main>", "text/html"));
		} while (again);
	} finally { running = false; }
}
function takeOver(fresh) {
	const shown = [...document.querySelectorAll("section")].map((section) => section.id).join();
	if (shown !== [...fresh.querySelectorAll("section")].map((section) => section.id).join()) {
		document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
		return;
	}
	for (const next of fresh.querySelectorAll("section")) {
		const section = document.getElementById(next.id);
		for (const part of ["h2", "thead", ".empty"]) {
			const old = section.querySelector(part), now = next.querySelector(part);
			if (old.outerHTML !== now.outerHTML) old.replaceWith(document.adoptNode(now));
		}
		takeOverRows(section.querySelector("tbody"), next.querySelector("tbody"));
	}
}
function takeOverRows(body, next) {
	const old = new Map([...body.rows].map((row) => [row.id, row]));
	let place = body.firstElementChild;
	for (const row of [...next.rows]) {
		const known = old.get(row.id);
		old.delete(row.id);
		if (known !== undefined && known.innerHTML === row.innerHTML) {
			if (known === place) place = place.nextElementSibling; else body.insertBefore(known, place);
			continue;
		}
		const fresh = document.adoptNode(row);
		fresh.className = "arrived";
		body.insertBefore(fresh, place);
		if (known !== undefined) { if (known === place) place = place.nextElementSibling; known.remove(); }
	}
	for (const row of old.values()) row.remove();
}
const events = new EventSource("/events");
events.onmessage = refresh;
events.onopen = refresh;
addEventListener("pageshow", refresh);`;
