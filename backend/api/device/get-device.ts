import { Elysia } from "elysia";
import { findBrowserPerson } from "../../identity/browser-sessions.ts";
import { normalUserCode } from "../../identity/user-code.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { pageAddress } from "../oauth/destination.ts";
import { sendTo, showPage } from "../oauth/page.ts";
import { codePage } from "./device-page.ts";
import { devicePath } from "./device-path.ts";

/**
 * Where a person types a device's code (RFC 8628 §3.3), once they are signed in. A code in the address is filled in and nothing more:
 * whether it is a good one is told to a form only, where guesses are counted.
 */
export function getDevice({ identity, env }: RouteDeps) {
	const cookies = pageCookies(env.publicUrl);
	return new Elysia().get(
		"/device",
		async ({ request, set }) => {
			const userCode = normalUserCode(new URL(request.url).searchParams.get("user_code") ?? "");
			const person = await findBrowserPerson(identity, cookies.sessionToken(request));
			if (!person) return sendTo(set, pageAddress({ kind: "device", path: devicePath(userCode) }, "sign-in"));
			return showPage(
				{ request, set },
				codePage({ email: person.email, userCode, formToken: cookies.formToken(request, set) }),
			);
		},
		{ detail: { hide: true } },
	);
}
