import { type Static, Type } from "@sinclair/typebox";
import type { RegionId } from "../regions.ts";
import type { Entity } from "../replies.ts";
import { LoginServer } from "./login.ts";
import { Reports } from "./reports.ts";

/** An advertising account. `number` is text, and travels as a number, as Amazon has it. */
export const ProfileSeed = Type.Object({
	region: Type.Union([Type.Literal("na"), Type.Literal("eu"), Type.Literal("fe")]),
	number: Type.String({ pattern: "^\\d{1,19}$" }),
	name: Type.Optional(Type.String()),
	countryCode: Type.String(),
	currencyCode: Type.String(),
	timezone: Type.String(),
	type: Type.Union([Type.Literal("seller"), Type.Literal("vendor"), Type.Literal("agency")]),
});
export type ProfileSeed = Static<typeof ProfileSeed>;

/** What an advertising account has, by what it is asked under. */
export type Collection = "spCampaigns" | "spAdGroups" | "sbCampaigns" | "sdCampaigns" | "advertisers" | "orders";

/** Everything the simulator knows. In memory only. */
export class World {
	readonly login: LoginServer;
	readonly reports: Reports;
	readonly profiles: ProfileSeed[] = [];
	/** Amazon lets the client at its advertising interface, there. */
	readonly approved = new Set<RegionId>(["na", "eu", "fe"]);
	/** Regions that answer with 503. */
	readonly away = new Set<RegionId>();
	/** Paths that are not there (any more). */
	readonly gone = new Set<string>();
	/** Milliseconds since 1970; tests bring their own. */
	now: () => number = Date.now;
	readonly #entities = new Map<string, Entity[]>();

	constructor(address: () => string) {
		this.login = new LoginServer(() => this.now());
		this.reports = new Reports({ address, now: () => this.now() });
	}

	/** The rows of an account's collection, to be read and changed in place. */
	entities(profile: string, collection: Collection): Entity[] {
		const key = `${profile}/${collection}`;
		const known = this.#entities.get(key) ?? [];
		this.#entities.set(key, known);
		return known;
	}

	profileAt(region: RegionId, number: string | undefined): ProfileSeed | undefined {
		return this.profiles.find((one) => one.region === region && one.number === number);
	}
}
