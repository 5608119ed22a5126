// A Node peer's own process: it reads one command a line, and answers each with one line of JSON.
//     node host.js PEER FILE      (NODE_PATH leads to the peer)
'use strict';
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { performance } = require('node:perf_hooks');

const [peer, file] = process.argv.slice(2);
const bundle = JSON.parse(readFileSync(file, 'utf8'));
const made = bundle.questionnaire;
const ROUND = 5;            // milliseconds that a round should take
const WALK = 4000;          // milliseconds after which a walk is broken off: later steps take as long

function finished(shown, subtotals, flags) {
  const total = subtotals.reduce((sum, one) => sum + one, 0);
  const band = made.bands.filter(least => total >= least).length;
  const lifted = made.flags.map((flag, place) => (flags[place] ? flag.least : 0));
  return [shown, total, ...subtotals, band, ...flags.map(Number), Math.max(band, ...lifted)];
}

// JSON-Logic knows no questionnaire: the host walks through the items, as an application would.
function ruled(language, compile, evaluate) {
  const ready = rule => rule && compile(rule[0]);
  const text = JSON.stringify(bundle.documents[language]);
  const rules = JSON.parse(text);
  const items = rules.items.map(([name, section, when, points]) => [name, section, ready(when), ready(points)]);
  const flags = rules.flags.map(ready);
  return {
    score(answers) {
      const known = {}, subtotals = [0, 0, 0];
      let shown = 0;
      for (const [name, section, when, points] of items) {
        if (when !== null && !evaluate(when, known)) continue;
        shown++;
        if (name in answers) {
          known[name] = answers[name];
          subtotals[section] += evaluate(points, known);
        }
      }
      return finished(shown, subtotals, flags.map(flag => !!evaluate(flag, known)));
    },
    records: bundle.records,
  };
}

// SurveyJS: shows and hides by its own rules. The points are added up in JavaScript, or by its rules too.
function survey(document, inRules) {
  const { Model, Serializer } = require('survey-core');
  Serializer.addProperty('itemvalue', 'score:number');
  const text = JSON.stringify(bundle.documents[document]);
  const byId = new Map(made.items.map(item => [item.id, item]));
  const build = () => new Model(JSON.parse(text));
  const model = build();

  function points(question) {
    const said = question.value, item = byId.get(question.name);
    if (said === undefined || said === null) return 0;
    if (item.kind === 'number') return item.points.reduce((sum, [least, score]) => (said >= least ? score : sum), 0);
    const scoreOf = value => question.choices.find(choice => choice.value === value).score;
    return [].concat(said).reduce((sum, value) => sum + scoreOf(value), 0);
  }
  function read(one) {
    const shown = one.getAllQuestions().filter(question => question.isVisible);
    const flags = made.flags.map((_, place) => one.getVariable(`f${place}`) === true);
    if (inRules) {
      const [total, ...rest] = ['total', 'sub0', 'sub1', 'sub2', 'band'].map(name => one.getVariable(name));
      return [shown.length, total, ...rest, ...flags.map(Number), one.getVariable('final')];
    }
    const subtotals = [0, 0, 0];
    for (const question of shown) subtotals[byId.get(question.name).section] += points(question);
    return finished(shown.length, subtotals, flags);
  }
  return {
    score(known) { model.data = known; return read(model); },
    // Each answer is followed by what it changes: what is shown, and the score.
    walk(limit) {
      const one = build(), begin = performance.now();
      let steps = 0;
      for (const question of one.getAllQuestions()) {
        if (!question.isVisible) continue;
        question.value = bundle.walk[question.name];
        read(one);
        steps++;
        if (performance.now() - begin > limit) break;
      }
      return (performance.now() - begin) / 1000 / steps;
    },
    // Answers to questions that are not shown are left out: loaded as data, they would count.
    records: bundle.known,
  };
}

const PEERS = {
  'json-logic-js': () => { const logic = require('json-logic-js'); return ruled('json_logic', x => x, (rule, known) => logic.apply(rule, known)); },
  'json-logic-engine': () => {
    const { LogicEngine } = require('json-logic-engine');
    const engine = new LogicEngine();
    return ruled('json_logic', rule => engine.build(rule), (rule, known) => rule(known));
  },
  'survey-core': () => survey('survey', false),
  'survey-core+rules': () => survey('survey_rules', true),
};

const host = PEERS[peer]();
const next = { complete: 0, partial: 0 }, calls = { complete: 1, partial: 1 };

function scored(kind, count) {
  const records = host.records[kind], begin = performance.now();
  for (let i = 0; i < count; i++) host.score(records[next[kind]++ % records.length]);
  return (performance.now() - begin) / 1000 / count;
}

const COMMANDS = {
  agree(kind, budget) {
    const begin = performance.now();
    let agreed = 0, tried = 0;
    for (const [place, record] of host.records[kind].entries()) {
      const meant = bundle.results[kind][place];
      if (host.score(record).every((one, i) => one === meant[i])) agreed++;
      tried++;
      if (performance.now() - begin > budget * 1000) break;
    }
    return [agreed, tried];
  },
  warm(kind, budget) {
    if (kind === 'walk') return void host.walk(WALK / 4);
    const begin = performance.now();
    let done = 0;
    while (done === 0 || performance.now() - begin < budget * 1000) { scored(kind, 1); done++; }
    calls[kind] = Math.max(1, Math.floor(ROUND * done / (performance.now() - begin)));
  },
  round(kind) { return kind === 'walk' ? host.walk(WALK) : scored(kind, calls[kind]); },
};

console.log('null');
createInterface({ input: process.stdin }).on('line', line => {
  const [command, ...rest] = line.split(' ');
  console.log(JSON.stringify(COMMANDS[command](...rest) ?? null));
});
