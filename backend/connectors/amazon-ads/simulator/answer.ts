import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import type { RegionId } from "../regions.ts";
import { answerLogin } from "./consent.ts";
import { answerAdvertisers, answerDisplay, answerOrders, answerPosted, postedListings } from "./listings.ts";
import type { Access } from "./login.ts";
import { forbidden, refusal, withNumbers } from "./refusal.ts";
import type { World } from "./world.ts";

/** The regions are on one address here, each under a path of its own: `/na`, `/eu`, `/fe`. */
export function answer(world: World, request: SimulatedRequest): SimulatedReply {
	const login = answerLogin(world.login, request);
	if (login !== null) return login;
	const [first, second] = request.segments;
	if (first === "store") return world.reports.download(request, second ?? "");
	if (first !== "na" && first !== "eu" && first !== "fe") return refusal(404, "NOT_FOUND", "Not found");
	const path = request.pathname.slice(`/${first}`.length);
	return answerRegion(world, request, { region: first, path });
}

/** Whether a request lists rows: those are what goes wrong on demand. */
export function isListing({ method, pathname }: SimulatedRequest): boolean {
	return /^\/(na|eu|fe)\/(sp|sb|sd|dsp)\//.test(pathname) && (method === "GET" || method === "POST");
}

type Place = { region: RegionId; path: string };

function answerRegion(world: World, request: SimulatedRequest, { region, path }: Place): SimulatedReply {
	if (world.away.has(region)) return { status: 503, body: { message: "Service Unavailable" } };
	const access = world.login.access((request.headers.authorization ?? "").replace(/^Bearer /, ""));
	if (access === null) return refusal(401, "UNAUTHORIZED", "Not authorized to access this resource");
	const clientId = request.headers["amazon-advertising-api-clientid"];
	if (typeof clientId !== "string" || world.login.client(clientId) === null) {
		return refusal(401, "UNAUTHORIZED", "The client ID is missing or unknown");
	}
	if (!world.approved.has(region)) return forbidden;
	if (!access.scopes.includes("advertising::campaign_management")) return forbidden;
	if (path === "/v2/profiles") return profiles(world, request, region);
	const number = request.headers["amazon-advertising-api-scope"];
	if (typeof number !== "string") return refusal(401, "UNAUTHORIZED", "Scope header is missing");
	if (world.profileAt(region, number) === undefined) {
		return refusal(401, "UNAUTHORIZED", `Not authorized to access scope ${number}`);
	}
	return answerProfile(world, request, { path, access, profile: `${region}:${number}` });
}

function profiles(world: World, { method }: SimulatedRequest, region: RegionId): SimulatedReply {
	if (method !== "GET") return refusal(405, "METHOD_NOT_ALLOWED", "Method not allowed");
	const found = world.profiles
		.filter((profile) => profile.region === region)
		.map(({ number, name, countryCode, currencyCode, timezone, type }) => ({
			profileId: number,
			countryCode,
			currencyCode,
			dailyBudget: 0,
			timezone,
			accountInfo: {
				marketplaceStringId: "ATVPDKIKX0DER",
				id: `ENTITY${number}`,
				type,
				name,
				validPaymentMethod: true,
			},
		}));
	return withNumbers(found, "profileId");
}

type InProfile = { path: string; profile: string; access: Access };

function answerProfile(world: World, request: SimulatedRequest, { path, profile, access }: InProfile): SimulatedReply {
	if (world.gone.has(path)) return refusal(404, "NOT_FOUND", "Not found");
	const listing = postedListings[path];
	if (listing !== undefined && request.method === "POST") return answerPosted(world, request, { listing, profile });
	const reportId = /^\/reporting\/reports\/([\w-]+)$/.exec(path)?.[1];
	if (reportId !== undefined && request.method === "GET") return world.reports.look(reportId, profile);
	switch (`${request.method} ${path}`) {
		case "POST /reporting/reports":
			return world.reports.create(request, profile);
		case "GET /sd/campaigns":
			return answerDisplay(world, request, profile);
		case "GET /dsp/advertisers":
			return isOfDsp(world, profile, access) ? answerAdvertisers(world, request, profile) : forbidden;
		case "GET /dsp/orders/":
			return isOfDsp(world, profile, access) ? answerOrders(world, request, profile) : forbidden;
		default:
			return refusal(404, "NOT_FOUND", "Not found");
	}
}

/** Amazon DSP is for agencies' accounts, and for clients that were allowed it. */
function isOfDsp(world: World, profile: string, { scopes }: Access): boolean {
	const seed = world.profiles.find(({ region, number }) => `${region}:${number}` === profile);
	return seed?.type === "agency" && scopes.includes("advertising::dsp_campaigns");
}
