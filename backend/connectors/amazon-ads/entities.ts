import type { ColumnOf } from "./columns.ts";

/** How Amazon pages through entities of one sort. */
export type Paging =
	/** Posted, with a token for the next page, and a filter by state. */
	| { by: "token"; path: string; media: string; member: string; maxPerPage: number }
	/** From a number on; a page that is not full is the last. */
	| { by: "index"; path: string; maxPerPage: number }
	/** From a number on, with the number of all; orders only of named advertisers. */
	| { by: "dsp"; path: string; media: string; ofAdvertisers: boolean; maxPerPage: number }
	/** Made on demand, over minutes (`report.ts`). */
	| { by: "report"; adProduct: string; reportTypeId: string; groupBy: string };

/** A table of the source: its rows, what they have, and the member that tells them apart. */
export type EntityTable = {
	id: string;
	name: string;
	product: Product;
	paging: Paging;
	columns: readonly ColumnOf[];
};

type Product = { id: string; name: string };

const sponsoredProducts: Product = { id: "sponsored-products", name: "Sponsored Products" };
const sponsoredBrands: Product = { id: "sponsored-brands", name: "Sponsored Brands" };
const sponsoredDisplay: Product = { id: "sponsored-display", name: "Sponsored Display" };
const dsp: Product = { id: "dsp", name: "Amazon DSP" };

const states = ["ENABLED", "PAUSED", "ARCHIVED"];
const campaignId: ColumnOf = { path: "campaignId", name: "Campaign ID", kind: "id", key: true };
const name: ColumnOf = { path: "name", name: "Name", kind: "text", searched: true };
const state: ColumnOf = { path: "state", name: "State", kind: "text", options: states };
const startDate: ColumnOf = { path: "startDate", name: "Start", kind: "day" };
const endDate: ColumnOf = { path: "endDate", name: "End", kind: "day" };
const portfolio: ColumnOf = { path: "portfolioId", name: "Portfolio ID", kind: "id" };
const flatBudget: readonly ColumnOf[] = [
	{ path: "budget", name: "Budget", kind: "number" },
	{ path: "budgetType", name: "Budget type", kind: "text" },
];

export const spCampaigns = {
	id: "sp-campaigns",
	name: "Campaigns",
	product: sponsoredProducts,
	paging: {
		by: "token" as const,
		path: "/sp/campaigns/list",
		media: "application/vnd.spCampaign.v3+json",
		member: "campaigns",
		maxPerPage: 100,
	},
	columns: [
		campaignId,
		name,
		state,
		{ path: "targetingType", name: "Targeting", kind: "text", options: ["AUTO", "MANUAL"] },
		{ path: "budget.budget", name: "Budget", kind: "number" },
		{ path: "budget.budgetType", name: "Budget type", kind: "text" },
		{ path: "dynamicBidding.strategy", name: "Bidding", kind: "text" },
		startDate,
		endDate,
		portfolio,
	],
} satisfies EntityTable;

const spAdGroups: EntityTable = {
	id: "sp-ad-groups",
	name: "Ad groups",
	product: sponsoredProducts,
	paging: {
		by: "token",
		path: "/sp/adGroups/list",
		media: "application/vnd.spAdGroup.v3+json",
		member: "adGroups",
		maxPerPage: 100,
	},
	columns: [
		{ path: "adGroupId", name: "Ad group ID", kind: "id", key: true },
		name,
		state,
		{ path: "campaignId", name: "Campaign ID", kind: "id" },
		{ path: "defaultBid", name: "Default bid", kind: "number" },
	],
};

/** Amounts are in the currency of the advertising account, days in its time zone. */
const spDaily: EntityTable = {
	id: "sp-campaigns-daily",
	name: "Campaign results by day, last 30 days",
	product: sponsoredProducts,
	paging: { by: "report", adProduct: "SPONSORED_PRODUCTS", reportTypeId: "spCampaigns", groupBy: "campaign" },
	columns: [
		{ path: "date", name: "Day", kind: "day", key: true },
		campaignId,
		{ path: "campaignName", name: "Campaign", kind: "text", searched: true },
		{ path: "impressions", name: "Impressions", kind: "number" },
		{ path: "clicks", name: "Clicks", kind: "number" },
		{ path: "cost", name: "Cost", kind: "number" },
		{ path: "sales14d", name: "Sales within 14 days", kind: "number" },
	],
};

const sbCampaigns: EntityTable = {
	id: "sb-campaigns",
	name: "Campaigns",
	product: sponsoredBrands,
	paging: {
		by: "token",
		path: "/sb/v4/campaigns/list",
		media: "application/vnd.sbcampaignresource.v4+json",
		member: "campaigns",
		maxPerPage: 100,
	},
	columns: [
		campaignId,
		name,
		state,
		...flatBudget,
		{ path: "brandEntityId", name: "Brand ID", kind: "id" },
		startDate,
		endDate,
		portfolio,
	],
};

const sdCampaigns: EntityTable = {
	id: "sd-campaigns",
	name: "Campaigns",
	product: sponsoredDisplay,
	paging: { by: "index", path: "/sd/campaigns", maxPerPage: 100 },
	columns: [
		campaignId,
		name,
		{ ...state, options: states.map((one) => one.toLowerCase()) },
		...flatBudget,
		{ path: "tactic", name: "Tactic", kind: "text" },
		{ path: "costType", name: "Cost type", kind: "text", options: ["cpc", "vcpm"] },
		startDate,
		endDate,
		portfolio,
	],
};

const dspAdvertisers: EntityTable = {
	id: "dsp-advertisers",
	name: "Advertisers",
	product: dsp,
	paging: {
		by: "dsp",
		path: "/dsp/advertisers",
		media: "application/json",
		ofAdvertisers: false,
		maxPerPage: 100,
	},
	columns: [
		{ path: "advertiserId", name: "Advertiser ID", kind: "id", key: true },
		name,
		{ path: "currency", name: "Currency", kind: "text" },
		{ path: "url", name: "Website", kind: "text" },
		{ path: "country", name: "Country", kind: "text" },
		{ path: "timezone", name: "Time zone", kind: "text" },
	],
};

const dspOrders: EntityTable = {
	id: "dsp-orders",
	name: "Orders",
	product: dsp,
	paging: {
		by: "dsp",
		path: "/dsp/orders/",
		media: "application/vnd.dsporders.v2.2+json",
		ofAdvertisers: true,
		maxPerPage: 100,
	},
	columns: [
		{ path: "orderId", name: "Order ID", kind: "id", key: true },
		name,
		{ path: "advertiserId", name: "Advertiser ID", kind: "id" },
		{ path: "deliveryStatus", name: "Delivery", kind: "text" },
		{ path: "deliveryActivationStatus", name: "Activation", kind: "text" },
		{ path: "budget.totalBudgetAmount", name: "Budget", kind: "number" },
		{ path: "currencyCode", name: "Currency", kind: "text" },
		{ path: "startDateTime", name: "Start", kind: "instant" },
		{ path: "endDateTime", name: "End", kind: "instant" },
		{ path: "externalId", name: "Purchase order", kind: "text" },
		{ path: "comments", name: "Comments", kind: "text", searched: true },
	],
};

const sponsoredTables = [spCampaigns, spAdGroups, spDaily, sbCampaigns, sdCampaigns];

/** What a login may read here; Amazon lets the operator's client at its DSP or not. */
export function tablesOf(withDsp: boolean): readonly EntityTable[] {
	return withDsp ? [...sponsoredTables, dspAdvertisers, dspOrders] : sponsoredTables;
}

/** What tells an entry's row from others. Null: it has no id, and cannot be a row. */
export function keyOf(table: EntityTable, entry: Readonly<Record<string, unknown>>): string | null {
	const parts = table.columns.filter(({ key }) => key === true).map(({ path }) => entry[path]);
	const isWhole = parts.every((part) => (typeof part === "string" || typeof part === "number") && part !== "");
	return isWhole ? parts.join(":") : null;
}
