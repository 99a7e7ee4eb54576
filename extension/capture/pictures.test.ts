import { expect, test } from "bun:test";
import { parseHTML } from "linkedom";
import { picturesOf } from "./pictures.ts";

const urls = (markup: string) =>
	picturesOf(
		parseHTML(`<!doctype html><html><head></head><body>${markup}</body></html>`).document,
		"https://a.test/p/",
	).map(({ url }) => url);

test("CAP-2: the page's own picture comes first, then the others by size, each once", () => {
	const meta = `<meta property="og:image" content="/own.jpg">`;
	const images = `<img src="small.jpg" width="80" height="80"><img src="/own.jpg" width="900" height="600"><img src="big.jpg" width="400" height="300">`;
	expect(urls(meta + images)).toEqual([
		"https://a.test/own.jpg",
		"https://a.test/p/big.jpg",
		"https://a.test/p/small.jpg",
	]);
});

test("CAP-2: buttons and dots that count visits are no pictures; one of unknown size is", () => {
	expect(
		urls(`<img src="dot.gif" width="1" height="1"><img src="icon.png" width="32" height="32"><img src="a.jpg">`),
	).toEqual(["https://a.test/p/a.jpg"]);
});

test("CAP-2: a picture that is loaded late is named by its own address, a film by its poster", () => {
	expect(urls(`<img src="data:image/gif;base64,R0" data-src="late.jpg"><video poster="film.jpg"></video>`)).toEqual([
		"https://a.test/p/late.jpg",
		"https://a.test/p/film.jpg",
	]);
});

test("CAP-6: nothing but a web address is offered, and of a hundred thousand not more than are looked at", () => {
	expect(
		urls(
			`<img src="javascript:alert(1)"><img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="file:///etc/passwd">`,
		),
	).toEqual([]);
	expect(urls(Array.from({ length: 100 }, (_, at) => `<img src="${at}.jpg">`).join(""))).toHaveLength(24);
});
