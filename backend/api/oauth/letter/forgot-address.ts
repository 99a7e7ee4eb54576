import { destinationParameter, type Onward } from "../destination.ts";

/** "Forgot your password?", on the way to this destination. */
export function forgotAddress({ path }: Pick<Onward, "path">): string {
	return `/oauth/forgot?${new URLSearchParams({ [destinationParameter]: path }).toString()}`;
}
