import { authorizationCode } from "./authorization-code.ts";
import { deviceCode } from "./device-code.ts";
import type { Grant } from "./grant.ts";
import { refreshToken } from "./refresh-token.ts";
import { tokenExchange } from "./token-exchange.ts";

/** Every grant of the token endpoint; the metadata names the same ones. */
export const grants: readonly Grant[] = [authorizationCode, refreshToken, deviceCode, tokenExchange];
