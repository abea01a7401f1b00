// How long does yoastseo take for the documents on standard input? Median of three warm runs, in ms.
// Run with NODE_PATH naming the node_modules folder that holds yoastseo.
const { Paper, ContentAssessor, SeoAssessor } = require("yoastseo");
const Researcher = require("yoastseo/build/languageProcessing/languages/en/Researcher").default;

const documents = JSON.parse(require("fs").readFileSync(0, "utf8"));
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function assess(document) {
  const paper = new Paper(document.html, {
    keyword: document.keyphrase,
    title: document.title,
    titleWidth: 300,
    description: document.description,
    slug: document.slug,
    locale: "en_US",
  });
  const started = process.cpuUsage();
  for (const Assessor of [ContentAssessor, SeoAssessor]) {
    new Assessor(new Researcher(paper)).assess(paper);
  }
  const used = process.cpuUsage(started);
  return (used.user + used.system) / 1000;
}

assess(documents[0]);
const answer = documents.map((document) => ({
  id: document.id,
  ms: median([1, 2, 3].map(() => assess(document))),
}));
process.stdout.write(JSON.stringify(answer));
