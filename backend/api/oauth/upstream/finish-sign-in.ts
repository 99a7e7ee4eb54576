import { personFor } from "../../../identity/find-person.ts";
import { type Upstreams, waysThrough } from "../../../identity/upstream/registry.ts";
import type { Upstream, UpstreamIdentity, UpstreamResult } from "../../../identity/upstream/upstream.ts";
import { type Said, say } from "../../../words/say.ts";
import { type Onward, pageAddress, parseDestination } from "../destination.ts";
import { tellOutage } from "../outage.ts";
import { type PageSet, sendByPage, sendTo, showPage } from "../page.ts";
import { onwardAddress, openDestination, type PersonFrame, signInHere } from "../person-request.ts";
import { signInPage } from "../sign-in-page.ts";
import {
	accountGonePage,
	arrivedPage,
	emailInUsePage,
	noFlowPage,
	notAcceptedPage,
	opening,
	unavailablePage,
} from "./upstream-pages.ts";

/** Somebody is back from an upstream. */
export type Returned = {
	frame: PersonFrame;
	call: { request: Request; set: PageSet };
	upstream: Upstream;
	upstreams: Upstreams;
	result: UpstreamResult;
	/** As the flow remembers it. */
	destination: string;
};

/** Back from an upstream to sign in: on to where they were going, or a page that says why not and leads back to the sign-in. */
export async function finishSignIn(returned: Returned): Promise<string> {
	const { frame, call, result, upstream } = returned;
	// Checked anew: what it leads to may have been taken off the list in the meantime.
	const destination = parseDestination(frame.identity, returned.destination);
	if (!("path" in destination)) return showPage(call, noFlowPage());
	const back = pageAddress(destination, "sign-in");
	switch (result.kind) {
		case "identified": {
			const { identity } = result;
			return await tellOutage(call.set, { destination, issuer: frame.identity.issuer }, () =>
				goOn(returned, { destination, identity }),
			);
		}
		case "cancelled":
			return showSignIn(returned, destination);
		case "refused":
			return showPage(call, notAcceptedPage(upstream.title, { href: back, label: say("Back to sign-in") }));
		case "unavailable":
			return showPage(call, unavailablePage(upstream.title, { href: back, label: say("Back to sign-in") }));
	}
}

async function goOn(
	{ frame, call, upstream, upstreams }: Returned,
	{ destination, identity }: { destination: Onward; identity: UpstreamIdentity },
): Promise<string> {
	const back = pageAddress(destination, "sign-in");
	const found = await personFor(frame.identity, identity);
	if (found.kind === "gone")
		return showPage(call, accountGonePage(upstream.title, { href: back, label: say("Sign in another way") }));
	if (found.kind === "email-in-use") {
		const ways = { oneOf: found.ways.map((id) => upstreams.get(id)?.title ?? wayNames[id] ?? id) };
		return showPage(call, emailInUsePage(upstream.title, ways, back));
	}
	await signInHere(frame, call, found.person);
	const address = await onwardAddress(frame.identity, { destination, person: found.person });
	if (destination.kind !== "client") return sendTo(call.set, address);
	return sendByPage(call, address, arrivedPage(say("You are signed in"), address));
}

/** Ways that have no button of their own, or not at this backend any more. */
const wayNames: Readonly<Record<string, string | Said>> = {
	password: say("e-mail and password"),
	google: "Google",
	github: "GitHub",
	microsoft: "Microsoft",
	clerk: "Clerk",
};

/** Whoever pressed "cancel" there is where they were, and nothing is wrong. */
function showSignIn({ frame, call, upstream, upstreams }: Returned, destination: Onward): string {
	const { request, set } = call;
	return showPage(
		{ request, set },
		signInPage({
			destination: openDestination(destination),
			formToken: frame.cookies.formToken(request, set),
			screen: "sign-in",
			ways: waysThrough(upstreams),
			note: say("{title} was not used. Sign in here, or choose another way.", { title: opening(upstream.title) }),
		}),
	);
}
