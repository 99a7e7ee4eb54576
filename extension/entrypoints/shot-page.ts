import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";
import { pageShot } from "../shots/page-side.ts";

/** Injected when somebody takes a picture of this page; changes nothing before it is told to. Answers with the page's address. */
export default defineUnlistedScript((): string => {
	globalThis.sheafShot?.end();
	globalThis.sheafShot = pageShot(window);
	return location.href;
});
