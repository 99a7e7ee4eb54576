import { directionOf, type Language } from "../words/languages.ts";
import { type Said, say, sayIn } from "../words/say.ts";
import type { Letter } from "./mail.ts";

/** A letter to this address, about the Sheaf at this one, in the language of whoever is there. */
export type Addressed = { to: string; sheafUrl: string; language: Language };

/** A paragraph, a code to type, or what there is to press. */
type LetterPart = Said | { code: string } | { label: Said; link: string };

export type Draft = { subject: Said; parts: readonly LetterPart[] };

/** The same words as plain text and as simple HTML: no picture, nothing that loads, nothing that tells when it is opened. */
export function composeLetter({ to, sheafUrl, language }: Addressed, { subject: said, parts }: Draft): Letter {
	const link = parts.flatMap((part) => ("link" in part ? [part.link] : []))[0] ?? null;
	const subject = sayIn(language, said);
	const foot = sayIn(language, say("Sheaf at {host}", { host: new URL(sheafUrl).host }));
	const text = `${[...parts.map((part) => asText(part, language)), foot].join("\n\n")}\n`;
	const body = parts.map((part) => asHtml(part, language)).join("\n");
	const html = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${Bun.escapeHTML(subject)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif">
<div style="max-width:480px">
${body}
<p style="margin:24px 0 0;font-size:13px;opacity:.7">${Bun.escapeHTML(foot)}</p>
</div>
</body>
</html>
`;
	return { to, subject, text, html, link };
}

function asText(part: LetterPart, language: Language): string {
	if ("text" in part) return sayIn(language, part);
	return "code" in part ? `    ${part.code}` : part.link;
}

function asHtml(part: LetterPart, language: Language): string {
	if ("text" in part) return `<p style="margin:0 0 16px">${sayIn(language, part, Bun.escapeHTML)}</p>`;
	if ("code" in part) {
		const style = "margin:0 0 16px;font:600 24px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.1em";
		return `<p dir="ltr" style="${style}">${Bun.escapeHTML(part.code)}</p>`;
	}
	const link = Bun.escapeHTML(part.link);
	const style =
		"display:inline-block;padding:8px 16px;border-radius:6px;background:#d99e2b;color:#241a05;font-weight:600;text-decoration:none";
	// Also in full: whoever does not trust a button reads where it leads.
	return `<p style="margin:0 0 8px"><a href="${link}" style="${style}">${sayIn(language, part.label, Bun.escapeHTML)}</a></p>
<p dir="ltr" style="margin:0 0 16px;font-size:13px;opacity:.7;word-break:break-all">${link}</p>`;
}
