#!/usr/bin/env bash
# Docusaurus 3.10.2 (npm, with React 19.3.1): a site whose package.json says `"type": "module"`.
#
# A site of one page is built twice, and only package.json differs. Without `"type"` it is built. With `"type": "module"`, which the
# configuration file as an ES module suggests, the build fails when the pages are rendered: the files that Docusaurus itself
# writes below `.docusaurus` are read as modules then, and call `require.resolveWeak`, which webpack gives to other files only.
#
# Seen: `require.resolveWeak is not a function`. It takes some minutes, most of them to install.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{
  "name": "site",
  "private": true,
  "dependencies": {
    "@docusaurus/core": "3.10.2",
    "@docusaurus/plugin-content-docs": "3.10.2",
    "@docusaurus/theme-classic": "3.10.2",
    "react": "19.3.1",
    "react-dom": "19.3.1"
  }
}
JSON
npm install --silent --no-audit --no-fund
mkdir docs
printf -- '---\nslug: /\n---\n\n# A page\n' > docs/page.md
cat > docusaurus.config.mjs <<'JS'
export default {
  title: "Site",
  url: "https://site.example",
  baseUrl: "/",
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themes: ["@docusaurus/theme-classic"],
};
JS

build() {
  rm -rf .docusaurus build
  DOCUSAURUS_IGNORE_SSG_WARNINGS=true NO_UPDATE_NOTIFIER=1 npx docusaurus build > "$1" 2>&1
}

build plain.log || { cat plain.log; echo "it is not built without \"type\" either"; exit 1; }
test -f build/index.html
npm pkg set type=module
if build module.log; then
  echo "it is built with \"type\": \"module\" now"
  exit 1
fi
grep -o -m1 'require.resolveWeak is not a function' module.log || { cat module.log; exit 1; }
echo "built without \"type\"; with \"type\": \"module\" it fails"
