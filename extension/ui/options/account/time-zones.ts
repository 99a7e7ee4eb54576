/** A time zone as a person looks for it: by its city, by its part of the world, or by its distance from UTC. */
export type ZoneChoice = {
	/** IANA name: `Europe/Lisbon`. */
	id: string;
	/** `Lisbon`. */
	city: string;
	/** `Europe`; empty for UTC. */
	region: string;
};

/** More than a list can be read through; typing narrows it. */
const shownAtMost = 60;

/** Every zone this browser knows, by region and city. `Intl` leaves UTC out. */
export function allZones(): ZoneChoice[] {
	return ["UTC", ...Intl.supportedValuesOf("timeZone")].map(zoneChoice);
}

export function zoneChoice(id: string): ZoneChoice {
	const parts = id.replaceAll("_", " ").split("/");
	return { id, city: parts.at(-1) ?? id, region: parts.slice(0, -1).join(", ") };
}

/** "Lisbon, Europe": the line of the list, and what stands in the input once chosen. */
export function zoneWords({ city, region }: ZoneChoice): string {
	return region === "" ? city : `${city}, ${region}`;
}

/** Every word typed has to begin a word of the zone; a city that begins with it comes first. */
export function findZones(zones: readonly ZoneChoice[], typed: string): ZoneChoice[] {
	const wanted = words(typed);
	const found = zones.filter((zone) => {
		const has = words(`${zone.id} ${zone.city}`);
		return wanted.every((word) => has.some((one) => one.startsWith(word)));
	});
	const first = wanted[0] ?? "";
	// Cities of a country's part ("North Dakota") are the smaller ones.
	const depth = (zone: ZoneChoice) => zone.region.split(", ").length;
	const rank = (zone: ZoneChoice) =>
		(words(zone.city)[0]?.startsWith(first) ? 0 : 10) + (first === "" ? 0 : depth(zone));
	return found.sort((a, b) => rank(a) - rank(b) || (a.city < b.city ? -1 : 1)).slice(0, shownAtMost);
}

/** "UTC+1" at this moment, so summer time counts; empty when this browser does not know the zone. */
export function offsetWords(id: string, at: Date): string {
	try {
		const style = { timeZone: id, timeZoneName: "shortOffset" } as const;
		const part = new Intl.DateTimeFormat("en", style).formatToParts(at).find(({ type }) => type === "timeZoneName");
		return (part?.value ?? "").replace("GMT", "UTC").replace("-", "−").replace(/\+0$/, "");
	} catch {
		return "";
	}
}

/** The zone this browser is in. */
export function ownZone(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const words = (text: string) =>
	text
		.normalize("NFD")
		.replaceAll(/\p{M}/gu, "")
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);
