import { type Html, html } from "../oauth/html.ts";
import type { Page } from "../oauth/page.ts";
import { codeField, hiddenField, hiddenFields, notice } from "../oauth/page-parts.ts";
import { devicePath } from "./device-path.ts";

/** What all these pages know: who is signed in, the code as far as it is known, and the form's token. */
export type DeviceView = { email: string; userCode: string | null; formToken: string };

/** Asks for the code that the device shows; the link of the device has filled it in. */
export function codePage(view: DeviceView, problem: string | null = null): Page {
	const { userCode } = view;
	const field = { name: "user_code", label: "Code", value: userCode ?? "", wrong: problem !== null, focused: true };
	const body = html`<h1>Sign in a device</h1>
<p>${userCode === null ? "Type the code that your device shows." : "Check that this is the code that your device shows."}</p>
${problem === null ? null : notice("problem", problem)}
<form method="post" action="/device">
${ownFields(view)}
${codeField(field, { letters: true, required: true })}
<button type="submit">Continue</button>
</form>
${otherAccount(view)}`;
	return { title: "Sign in a device", body };
}

/** The one page that can let a device in: says which, as whom, and what a stranger's code would mean (RFC 8628 §5.4). */
export function confirmPage(view: DeviceView, device: { clientName: string; deviceName: string }): Page {
	const body = html`<h1>Allow this device?</h1>
<p><strong>${device.deviceName}</strong> with ${device.clientName} asks to work as <strong>${shownEmail(view)}</strong>: to read what you saved, to save and to change.</p>
<p>Its code is <strong>${view.userCode ?? ""}</strong>. Compare it with the one that your device shows.</p>
${notice("caution", "Allow it only if you started this yourself, just now, on a device of your own. If somebody sent you this link or this code, they want to get into your account: deny it.")}
<form method="post" action="/device">
${ownFields(view)}
${hiddenField("user_code", view.userCode ?? "")}
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" class="quiet">Deny</button>
</form>
${otherAccount(view)}`;
	return { title: "Allow this device?", body };
}

export function decidedPage(allowed: boolean): Page {
	const [title, text] = allowed
		? [
				"The device is signed in",
				"Go back to it: it goes on by itself. It is listed in the extension under Options → Account.",
			]
		: ["The device was denied", "It does not get in. You can close this page."];
	return { title, body: html`<h1>${title}</h1><p>${text}</p>` };
}

function otherAccount(view: DeviceView): Html {
	return html`<form method="post" action="/oauth/sign-out">
${ownFields(view)}
<p class="hint">Signed in as ${shownEmail(view)}.</p>
<button type="submit" class="quiet">Use another account</button>
</form>`;
}

/** An upstream may have vouched for no address. */
function shownEmail({ email }: DeviceView): string {
	return email === "" ? "you" : email;
}

function ownFields({ userCode, formToken }: DeviceView): Html {
	return hiddenFields({ formToken, path: devicePath(userCode) });
}
