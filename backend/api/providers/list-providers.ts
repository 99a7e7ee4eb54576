import { Elysia } from "elysia";
import type { Connector } from "../../connectors/connector.ts";
import { ProviderList, type ProviderView } from "../../contract/providers.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listProviders({ connectors }: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/providers", () => ({ providers: [...connectors.values()].map(viewOf) }), {
			response: ProviderList,
			detail: protectedDetail("providers", "What can be connected here"),
		});
}

function viewOf({ manifest, ...connector }: Connector): ProviderView {
	const { id, title, summary, icon, ways, form, homeUrl, oauth } = manifest;
	return {
		id,
		title,
		summary,
		icon,
		ways: [...ways],
		form,
		can: {
			createColumns: connector.createColumns !== undefined,
			read: connector.read !== undefined,
			remove: connector.remove !== undefined,
		},
		receives: manifest.onlySource !== true,
		hasProfiles: connector.source?.profiles !== undefined,
		...(oauth !== undefined && oauth.revocationEndpoint === null ? { accessUrl: oauth.manageUrl } : {}),
		...(homeUrl === undefined ? {} : { homeUrl }),
	};
}
