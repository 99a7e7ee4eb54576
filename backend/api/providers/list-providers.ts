import { Elysia } from "elysia";
import type { ConnectorManifest } from "../../connectors/connector.ts";
import { ProviderList, type ProviderView } from "../../contract/providers.ts";
import type { RouteDeps } from "../app-deps.ts";
import { protectedDetail } from "../plugins/protected-detail.ts";
import { requireAuth } from "../plugins/require-auth.ts";

export function listProviders({ connectors }: RouteDeps) {
	return new Elysia()
		.use(requireAuth("connections:read"))
		.get("/api/v1/providers", () => ({ providers: [...connectors.values()].map(({ manifest }) => viewOf(manifest)) }), {
			response: ProviderList,
			detail: protectedDetail("providers", "What can be connected here"),
		});
}

function viewOf({ id, title, summary, auth, form, homeUrl }: ConnectorManifest): ProviderView {
	return { id, title, summary, auth, form, ...(homeUrl === undefined ? {} : { homeUrl }) };
}
