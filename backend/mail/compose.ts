import type { Letter } from "./mail.ts";

/** A letter to this address, about the Sheaf at this one. */
export type Addressed = { to: string; sheafUrl: string };

/** A paragraph, a code to type, or what there is to press. */
type LetterPart = string | { code: string } | { label: string; link: string };

export type Draft = { subject: string; parts: readonly LetterPart[] };

/** The same words as plain text and as simple HTML: no picture, nothing that loads, nothing that tells when it is opened. */
export function composeLetter({ to, sheafUrl }: Addressed, { subject, parts }: Draft): Letter {
	const link = parts.flatMap((part) => (typeof part === "object" && "link" in part ? [part.link] : []))[0] ?? null;
	const host = new URL(sheafUrl).host;
	const text = `${[...parts.map(asText), `Sheaf at ${host}`].join("\n\n")}\n`;
	const body = parts.map(asHtml).join("\n");
	const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${Bun.escapeHTML(subject)}</title></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif">
<div style="max-width:480px">
${body}
<p style="margin:24px 0 0;font-size:13px;opacity:.7">Sheaf at ${Bun.escapeHTML(host)}</p>
</div>
</body>
</html>
`;
	return { to, subject, text, html, link };
}

function asText(part: LetterPart): string {
	if (typeof part === "string") return part;
	return "code" in part ? `    ${part.code}` : part.link;
}

function asHtml(part: LetterPart): string {
	if (typeof part === "string") return `<p style="margin:0 0 16px">${Bun.escapeHTML(part)}</p>`;
	if ("code" in part) {
		const style = "margin:0 0 16px;font:600 24px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.1em";
		return `<p style="${style}">${Bun.escapeHTML(part.code)}</p>`;
	}
	const link = Bun.escapeHTML(part.link);
	const style =
		"display:inline-block;padding:8px 16px;border-radius:6px;background:#d99e2b;color:#241a05;font-weight:600;text-decoration:none";
	// Also in full: whoever does not trust a button reads where it leads.
	return `<p style="margin:0 0 8px"><a href="${link}" style="${style}">${Bun.escapeHTML(part.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;opacity:.7;word-break:break-all">${link}</p>`;
}
