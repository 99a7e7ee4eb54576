import type { ConnectorCall, ConnectorResult } from "../connector.ts";
import type { SourceProfile } from "../source.ts";
import { type Answer, ask } from "./api.ts";
import type { Trouble } from "./errors.ts";
import { failureOf } from "./failure.ts";
import { type AmazonAddresses, profileId, type Region, regions } from "./regions.ts";
import { type ProfileEntry, ProfilesReply } from "./replies.ts";

/** An advertising account and the region it was found in. */
export type FoundProfile = { region: Region; entry: ProfileEntry };

/** What was found, and what kept some regions from answering; `answered`: how many did. */
export type RegionsAnswer = { found: FoundProfile[]; answered: number; troubles: Trouble[] };

/**
 * The advertising accounts of a login in all three regions. A region that the client is not allowed in has none; one that is away would
 * hide accounts, so it is told instead of an answer that is not whole.
 */
export async function profiles(at: AmazonAddresses, call: ConnectorCall): Promise<ConnectorResult<SourceProfile[]>> {
	const answer = await askRegions(at, call);
	const trouble = answer.troubles.find(({ kind }) => kind !== "not_approved") ?? troubleOfRegions(answer);
	return trouble === null ? { kind: "ok", value: answer.found.map(profileView) } : failureOf(trouble);
}

export async function askRegions(at: AmazonAddresses, call: ConnectorCall): Promise<RegionsAnswer> {
	const answers = await Promise.all(regions.map((region) => askRegion(at, call, region)));
	return {
		found: answers.flatMap((answer) => (answer.ok ? answer.value : [])),
		answered: answers.filter(({ ok }) => ok).length,
		troubles: answers.flatMap((answer) => (answer.ok ? [] : [answer.trouble])),
	};
}

/** What is wrong when no region answered: of several things the one that passes, for then it may be well. */
export function troubleOfRegions({ answered, troubles }: RegionsAnswer): Trouble | null {
	if (answered > 0) return null;
	return troubles.find(({ kind }) => kind !== "not_approved") ?? troubles[0] ?? null;
}

async function askRegion(at: AmazonAddresses, call: ConnectorCall, region: Region): Promise<Answer<FoundProfile[]>> {
	const request = { method: "GET", path: "/v2/profiles", at: { region: region.id }, reply: ProfilesReply } as const;
	const answer = await ask(at, call, request);
	return answer.ok ? { ok: true, value: answer.value.map((entry) => ({ region, entry })) } : answer;
}

/** Names are not unique and sometimes missing: region, country, currency and number tell accounts apart. */
export function profileView({ region, entry }: FoundProfile): SourceProfile {
	const { countryCode, currencyCode, accountInfo } = entry;
	const name = accountInfo?.name?.trim() || `${countryCode ?? region.name} ${entry.profileId}`;
	const facts = [region.name, countryCode, currencyCode, accountInfo?.type, entry.profileId];
	return {
		id: profileId({ region: region.id, number: entry.profileId }),
		name: name.slice(0, 200),
		detail: facts.filter(Boolean).join(" · "),
	};
}
