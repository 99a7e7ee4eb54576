import { type Said, say } from "../../words/say.ts";
import { type Html, html } from "../oauth/html.ts";
import type { Page } from "../oauth/page.ts";
import { codeField, hiddenField, hiddenFields, notice, strong } from "../oauth/page-parts.ts";
import { devicePath } from "./device-path.ts";

/** What all these pages know: who is signed in, the code as far as it is known, and the form's token. */
export type DeviceView = { email: string; userCode: string | null; formToken: string };

/** Asks for the code that the device shows; the link of the device has filled it in. */
export function codePage(view: DeviceView, problem: Said | null = null): Page {
	const { userCode } = view;
	const field = {
		name: "user_code",
		label: say("Code"),
		value: userCode ?? "",
		wrong: problem !== null,
		focused: true,
	};
	const body = html`<h1>${say("Sign in a device")}</h1>
<p>${userCode === null ? say("Type the code that your device shows.") : say("Check that this is the code that your device shows.")}</p>
${problem === null ? null : notice("problem", problem)}
<form method="post" action="/device">
${ownFields(view)}
${codeField(field, { letters: true, required: true })}
<button type="submit">${say("Continue")}</button>
</form>
${otherAccount(view)}`;
	return { title: say("Sign in a device"), body };
}

/** The one page that can let a device in: says which, as whom, and what a stranger's code would mean (RFC 8628 §5.4). */
export function confirmPage(view: DeviceView, device: { clientName: string; deviceName: string }): Page {
	const body = html`<h1>${say("Allow this device?")}</h1>
<p>${say("{device} with {client} asks to work as {person}: to read what you saved, to save and to change.", { device: strong(device.deviceName), client: device.clientName, person: strong(shownEmail(view)) })}</p>
<p>${say("Its code is {code}. Compare it with the one that your device shows.", { code: strong(view.userCode ?? "") })}</p>
${notice("caution", say("Allow it only if you started this yourself, just now, on a device of your own. If somebody sent you this link or this code, they want to get into your account: deny it."))}
<form method="post" action="/device">
${ownFields(view)}
${hiddenField("user_code", view.userCode ?? "")}
<button type="submit" name="decision" value="allow">${say("Allow")}</button>
<button type="submit" name="decision" value="deny" class="quiet">${say("Deny")}</button>
</form>
${otherAccount(view)}`;
	return { title: say("Allow this device?"), body };
}

export function decidedPage(allowed: boolean): Page {
	const [title, text] = allowed
		? [
				say("The device is signed in"),
				say("Go back to it: it goes on by itself. It is listed in the extension under Options → Account."),
			]
		: [say("The device was denied"), say("It does not get in. You can close this page.")];
	return { title, body: html`<h1>${title}</h1><p>${text}</p>` };
}

function otherAccount(view: DeviceView): Html {
	return html`<form method="post" action="/oauth/sign-out">
${ownFields(view)}
<p class="hint">${say("Signed in as {person}.", { person: shownEmail(view) })}</p>
<button type="submit" class="quiet">${say("Use another account")}</button>
</form>`;
}

/** An upstream may have vouched for no address. */
function shownEmail({ email }: DeviceView): string | Said {
	return email === "" ? say("you") : email;
}

function ownFields({ userCode, formToken }: DeviceView): Html {
	return hiddenFields({ formToken, path: devicePath(userCode) });
}
