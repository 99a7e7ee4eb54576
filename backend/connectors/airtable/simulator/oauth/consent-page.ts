import { escapeHtml } from "../page/cell-html.ts";
import type { Reply } from "../replies.ts";
import type { World } from "../world.ts";
import type { ConsentRequest } from "./authorize.ts";

const headers = {
	// No `form-action`: the answer to the form is a redirect to whoever asked, which that rule would stop.
	"content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
	"referrer-policy": "no-referrer",
	"cache-control": "no-store",
};

/** Who asks for what, which account and which bases, and two buttons. The form carries the request it answers. */
export function consentPage(world: World, request: ConsentRequest, parameters: URLSearchParams): Reply {
	const carried = [...parameters].map(
		([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	const scopes = request.scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`);
	const accounts = world.oauth.accounts.map(({ userId, email }, index) =>
		input({ type: "radio", name: "account", value: userId, label: email, isChecked: index === 0 }),
	);
	const bases = world.state.bases.map(({ id, name }) =>
		input({ type: "checkbox", name: "base", value: id, label: name, isChecked: true }),
	);
	return page(
		200,
		`<h1>Allow ${escapeHtml(request.client.clientId)} to use your account?</h1>
<ul>${scopes.join("")}</ul>
<form method="post">
${carried.join("\n")}
<fieldset><legend>Account</legend>${accounts.join("")}</fieldset>
<fieldset><legend>Bases</legend>${bases.join("")}</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
	);
}

/** Said on the page itself, because nobody else may be told. */
export function errorPage(message: string): Reply {
	return page(400, `<h1>This request cannot be answered</h1>\n<p>${escapeHtml(message)}</p>`);
}

type Input = { type: "radio" | "checkbox"; name: string; value: string; label: string; isChecked: boolean };

function input({ type, name, value, label, isChecked }: Input): string {
	const checked = isChecked ? " checked" : "";
	return `<label><input type="${type}" name="${name}" value="${escapeHtml(value)}"${checked}> ${escapeHtml(label)}</label><br>`;
}

function page(status: number, content: string): Reply {
	const text = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Airtable simulator</title></head>
<body><main>
${content}
</main></body>
</html>
`;
	return { status, headers, body: { text, type: "text/html; charset=utf-8" } };
}
