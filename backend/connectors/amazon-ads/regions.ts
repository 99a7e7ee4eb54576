/** Amazon keeps advertising accounts in three places, each with an address of its own; an account lives in one of them. */
export type RegionId = "na" | "eu" | "fe";

export type Region = { id: RegionId; name: string };

export const regions: readonly Region[] = [
	{ id: "na", name: "North America" },
	{ id: "eu", name: "Europe" },
	{ id: "fe", name: "Asia Pacific" },
];

/** Where Amazon's parts are, without trailing slashes. */
export type AmazonAddresses = { apiUrls: Readonly<Record<RegionId, string>>; userInfoUrl: string; clientId: string };

/** An advertising account: where it is, and its number as text, for numbers of this length lose digits. */
export type ProfilePlace = { region: RegionId; number: string };

/** The id that Sheaf keeps: `eu:3201`. */
export function profileId({ region, number }: ProfilePlace): string {
	return `${region}:${number}`;
}

/** What `profileId` made, or null where it is none. */
export function readProfileId(text: string | undefined): ProfilePlace | null {
	const found = /^(na|eu|fe):(\d{1,20})$/.exec(text ?? "");
	const [, region, number] = found ?? [];
	return isRegion(region) && number !== undefined ? { region, number } : null;
}

function isRegion(text: string | undefined): text is RegionId {
	return text === "na" || text === "eu" || text === "fe";
}
