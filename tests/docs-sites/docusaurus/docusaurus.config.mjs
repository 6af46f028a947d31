// A small site as others have it: the classic theme and its docs. The tests say where Halter and its command are.
import remarkHalter from "../../../integrations/remark-halter/index.js";

const playground = process.env.HALTER_URL ?? "https://halter.example/";
const halter = process.env.HALTER ?? "halter";

export default {
  title: "Shop",
  url: "https://shop.example",
  baseUrl: "/",
  headTags: [{ tagName: "link", attributes: { rel: "icon", href: "data:," } }],
  scripts: [{ src: `${playground}halter-playground.js`, defer: true }],
  // Its quick compilers. Nothing is kept from the last build: another address of Halter is no change that it would see.
  future: {
    v4: true,
    faster: {
      swcJsLoader: true,
      swcJsMinimizer: true,
      swcHtmlMinimizer: true,
      lightningCssMinimizer: true,
      rspackBundler: true,
      rspackPersistentCache: false,
      mdxCrossCompilerCache: true,
      ssgWorkerThreads: false,
    },
  },
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/", remarkPlugins: [[remarkHalter, { playground, halter }]] }]],
  themes: ["@docusaurus/theme-classic"],
};
