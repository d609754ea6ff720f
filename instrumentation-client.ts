import { ANOTHER_PAGE } from "./app/_ui/another-page";

/** Next.js calls it within the press itself, before it asks for the page: `Going` shows that something happens. */
export const onRouterTransitionStart = () => window.dispatchEvent(new Event(ANOTHER_PAGE));
