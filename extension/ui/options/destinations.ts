import type { ConnectionView } from "../../../backend/contract/connections.ts";
import type { Catalog } from "./context.ts";

/** The accounts that a target may lead to: some providers are only read from. */
export function destinationsOf({ connections, providers }: Catalog): ConnectionView[] {
	const onlyRead = new Set(providers.filter(({ receives }) => !receives).map(({ id }) => id));
	return connections.filter(({ provider }) => !onlyRead.has(provider));
}
