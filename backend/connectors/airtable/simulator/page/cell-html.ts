import { properties, textOf } from "../json-values.ts";
import type { Field } from "../state.ts";

/** A cell as HTML. Everything that came from outside is escaped; only http(s) addresses become links or pictures. */
export function cellHtml(field: Field, cell: unknown): string {
	if (cell === undefined || cell === null) return "";
	if (field.type === "multipleAttachments" && Array.isArray(cell)) return cell.map(pictureHtml).join("");
	if (Array.isArray(cell)) return cell.map((one) => `<span class="chip">${escapeHtml(textOf(one))}</span>`).join(" ");
	if (field.type === "singleSelect") return `<span class="chip">${escapeHtml(textOf(cell))}</span>`;
	if (field.type === "checkbox") return '<span role="img" aria-label="yes">✓</span>';
	if (field.type === "rating" && typeof cell === "number") return ratingHtml(cell, field.options?.max ?? 5);
	if (field.type === "url") return linkHtml(textOf(cell));
	if (field.type === "date" || field.type === "dateTime")
		return `<span class="number">${escapeHtml(textOf(cell))}</span>`;
	if (typeof cell === "number") return `<span class="number">${escapeHtml(numberText(field, cell))}</span>`;
	return `<span class="text">${escapeHtml(textOf(cell))}</span>`;
}

export function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}

function linkHtml(address: string): string {
	const shown = escapeHtml(address.replace(/^https?:\/\//, ""));
	if (!isWebAddress(address)) return `<span class="text">${escapeHtml(address)}</span>`;
	return `<a href="${escapeHtml(address)}" target="_blank" rel="noreferrer noopener">${shown}</a>`;
}

function pictureHtml(attachment: unknown): string {
	const { url, filename } = properties(attachment);
	if (typeof url !== "string" || !isWebAddress(url)) return "";
	const name = escapeHtml(typeof filename === "string" ? filename : "picture");
	// The name is on the frame: a picture that is gone would draw its own over the neighbours.
	const image = `<img src="${escapeHtml(url)}" alt="" width="32" height="32" loading="lazy" referrerpolicy="no-referrer">`;
	return `<span class="picture" role="img" aria-label="${name}" title="${name}">${image}</span>`;
}

function ratingHtml(stars: number, max: number): string {
	return `<span role="img" aria-label="${stars} of ${max}">${"★".repeat(stars)}${"☆".repeat(Math.max(0, max - stars))}</span>`;
}

function numberText(field: Field, value: number): string {
	if (field.type === "percent") return `${value * 100} %`;
	const precision = field.options?.precision;
	const digits = precision === undefined ? String(value) : value.toFixed(precision);
	const symbol = field.type === "currency" ? properties(field.options).symbol : undefined;
	return typeof symbol === "string" ? `${symbol} ${digits}` : digits;
}

function isWebAddress(address: string): boolean {
	return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
