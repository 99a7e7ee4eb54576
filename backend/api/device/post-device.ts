import { Elysia } from "elysia";
import { type BrowserPerson, findBrowserPerson } from "../../identity/browser-sessions.ts";
import { decideDeviceGrant, findWaitingDevice } from "../../identity/device-grants.ts";
import type { Identity } from "../../identity/identity.ts";
import { countHit, rateLimits } from "../../identity/rate-limits.ts";
import { normalUserCode } from "../../identity/user-code.ts";
import { say } from "../../words/say.ts";
import type { RouteDeps } from "../app-deps.ts";
import { pageCookies } from "../oauth/cookies.ts";
import { pageAddress } from "../oauth/destination.ts";
import { type Page, sendTo, showPage } from "../oauth/page.ts";
import { answerForm, type PersonRequest, showTooMany } from "../oauth/person-request.ts";
import { clientAddress } from "../plugins/rate-limit.ts";
import { codePage, confirmPage, type DeviceView, decidedPage } from "./device-page.ts";

const notWaiting = say(
	"No device waits under this code. Check it, or start again on the device: a code is good for ten minutes.",
);

/** The code, and then the decision: two forms, because a code that came by a link must not be allowed by one press. */
export function postDevice({ identity, env }: RouteDeps) {
	const frame = { identity, cookies: pageCookies(env.publicUrl) };
	const answer = (call: PersonRequest) =>
		answerForm(frame, call, async (destination, field) => {
			const person = await findBrowserPerson(identity, frame.cookies.sessionToken(call.request));
			if (!person) return sendTo(call.set, pageAddress(destination, "sign-in"));
			const waitSeconds = await countGuess(identity, person, call.address);
			if (waitSeconds !== null) return showTooMany(call, waitSeconds, destination);
			const view = {
				email: person.email,
				userCode: normalUserCode(field("user_code")),
				formToken: field("form_token"),
			};
			return showPage(call, await nextPage(identity, { view, person, decision: field("decision") }));
		});
	return new Elysia().post(
		"/device",
		({ request, body, set, server }) => answer({ request, body, set, address: clientAddress(server, request) }),
		{ detail: { hide: true } },
	);
}

type Step = { view: DeviceView; person: BrowserPerson; decision: string };

async function nextPage(identity: Identity, { view, person, decision }: Step): Promise<Page> {
	const { userCode } = view;
	if (userCode === null) return codePage(view, say("A code has eight letters, like WDJB-MJHT."));
	if (decision === "allow" || decision === "deny") {
		const allows = decision === "allow";
		const decided = await decideDeviceGrant(identity, { userCode, allows, person });
		return decided ? decidedPage(allows) : codePage(view, notWaiting);
	}
	const device = await findWaitingDevice(identity, userCode);
	if (!device) return codePage(view, notWaiting);
	const clientName = identity.clients.find(({ id }) => id === device.clientId)?.name ?? device.clientId;
	return confirmPage(view, { clientName, deviceName: device.deviceName });
}

/** @returns how many seconds to wait, or null when the guess counts as none too many. */
async function countGuess(identity: Identity, person: BrowserPerson, address: string): Promise<number | null> {
	for (const [limit, subject] of [
		[rateLimits.userCodePerPerson, person.userId],
		[rateLimits.userCodePerAddress, address],
	] as const) {
		const counted = await countHit(identity, limit, subject);
		if (!counted.ok) return counted.retryAfterSeconds;
	}
	return null;
}
