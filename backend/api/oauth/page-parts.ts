import { type Content, type Html, html } from "./html.ts";

/** What several pages of the backend are made of. `page-style.ts` dresses them. */

/** What every form carries: proof that it is ours, and where the person goes afterwards. */
export function hiddenFields(fields: { formToken: string; path: string }): Html {
	return html`<input type="hidden" name="form_token" value="${fields.formToken}">
<input type="hidden" name="continue" value="${fields.path}">`;
}

export function hiddenField(name: string, value: string): Html {
	return html`<input type="hidden" name="${name}" value="${value}">`;
}

/**
 * A box with a sentence. `problem`: what went wrong, told at once to those who listen to the page, and tied to a field by its id
 * `problem`; `caution`: what to look out for before pressing; `note`: what else there is to know.
 */
export function notice(tone: "problem" | "caution" | "note", text: Content): Html {
	if (tone === "problem") return html`<p class="notice problem" role="alert" id="problem">${text}</p>`;
	return html`<p class="notice ${tone}">${text}</p>`;
}

/** A name or a code inside a sentence. */
export function strong(text: Content): Html {
	return html`<strong>${text}</strong>`;
}

/** A link that looks like a button: it goes somewhere and changes nothing. `main` is the one thing to press. */
export function buttonLink(link: { href: string; label: Content; main?: boolean }): Html {
	return html`<a class="button${link.main === true ? "" : " quiet"}" href="${link.href}">${link.label}</a>`;
}

/** Buttons under one another, all of one width: the ways in, or two choices. */
export function buttonRow(buttons: readonly Html[]): Html {
	return html`<div class="buttons">${buttons}</div>`;
}

/** A line with a word in its middle, between two ways of doing the same. */
export function divider(word: Content): Html {
	return html`<p class="divider">${word}</p>`;
}

export type Field = {
	name: string;
	label: Content;
	value?: string;
	/** A link at the end of the label's line; the field comes before it for whoever goes by keyboard. */
	aside?: Html;
	/** A sentence under the field. */
	hint?: Content;
	/** The page's problem is about this field. */
	wrong?: boolean;
	/** Typing starts here. */
	focused?: boolean;
};

/** `attributes` are constants of the code: what kind of input it is. */
export function textField(field: Field, attributes: Html): Html {
	const { name, hint, aside } = field;
	const hintId = hint === undefined ? null : `${name}-hint`;
	return html`<div class="field">
<label for="${name}">${field.label}</label>
<input id="${name}" name="${name}" value="${field.value ?? ""}" ${attributes}${focus(field.focused)}${described(field.wrong === true, hintId)}>
${aside ?? null}
${hint === undefined || hintId === null ? null : html`<p class="hint" id="${hintId}">${hint}</p>`}
</div>`;
}

/** A code that was sent or shown somewhere else: large and spaced, so that it can be compared by eye. */
export function codeField(field: Field, kind: { letters: boolean; required: boolean }): Html {
	const typing = kind.letters
		? html`autocapitalize="characters" autocomplete="off"`
		: html`inputmode="numeric" autocomplete="one-time-code"`;
	return textField(
		field,
		html`type="text" class="code" dir="ltr" spellcheck="false" maxlength="20" ${typing}${kind.required ? html` required` : null}`,
	);
}

function focus(here: boolean | undefined): Html | null {
	return here === true ? html` autofocus` : null;
}

/** Ties a field to the text that explains it, for those who do not see the two side by side. */
function described(wrong: boolean, hintId: string | null): Html | null {
	const ids = [wrong ? "problem" : null, hintId].filter((id) => id !== null).join(" ");
	const description = ids === "" ? null : html` aria-describedby="${ids}"`;
	return wrong ? html` aria-invalid="true"${description}` : description;
}
