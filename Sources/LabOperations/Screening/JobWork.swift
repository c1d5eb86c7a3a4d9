internal import Foundation
internal import LabDomain
internal import LabScreening
internal import LabSimulation
internal import LabStore

/// The work of one job: from scenarios to the files of its result.
///
/// A result is written once, in both languages, so that its pages cost no simulation.
struct JobWork: Sendable {
    let input: JobInput
    /// Seconds from any beginning.
    let clock: @Sendable () -> Double
    /// Ends the work by throwing; asked between runs.
    let mayGoOn: @Sendable () throws -> Void
    let tell: @Sendable (JobProgress) -> Void

    /// What came of the work: its files, and the step at which it ended.
    struct Result: Sendable {
        let files: [JobFile]
        var step = JobStep.writing
    }

    func result() throws -> Result {
        let scenarios = try input.read()
        guard let first = scenarios.first else { return Result(files: []) }
        switch input.kind {
        case .simulate: return Result(files: try simulate(first))
        case .compare: return Result(files: try compare(scenarios))
        case .plan: return try plan(first)
        }
    }

    private var seeds: [UInt64] { (1...UInt64(input.runs)).map { $0 } }

    private func simulate(_ scenario: Scenario) throws -> [JobFile] {
        let all = Double(input.runs + 7 * input.bottleneckRuns)
        let tell = tell
        let play = StudyPlay(mayGoOn: mayGoOn) { done, runs in
            tell(.init(share: Double(done) / all, step: .playing, done: done, all: runs))
        }
        let study = try play.studies([scenario], seeds: seeds)[0]
        var bottleneck: Bottleneck?
        if input.bottleneckRuns > 0 {
            let first = Double(input.runs)
            let varying = StudyPlay(mayGoOn: mayGoOn) { done, runs in
                let share = (first + Double(done)) / all
                tell(.init(share: share, step: .varying, done: done, all: runs))
            }
            bottleneck = try varying.bottleneck(of: study, seeds: input.bottleneckRuns)
        }
        tell(.init(share: 1, step: .writing))
        let english = StudyReport(study, bottleneck, in: .en)
        let chinese = StudyReport(study, bottleneck, in: .zh)
        return [
            try parts(english.parts, .en), try parts(chinese.parts, .zh),
            text("report.en.html", english.html), text("report.zh.html", chinese.html),
            text("result.csv", english.csv),
            try document(StudyDocument(study, bottleneck)),
            text("scenario.yaml", ScenarioFile.write(scenario)),
        ]
    }

    private func compare(_ scenarios: [Scenario]) throws -> [JobFile] {
        let tell = tell
        let play = StudyPlay(mayGoOn: mayGoOn) { done, runs in
            let share = Double(done) / Double(runs)
            tell(.init(share: share, step: .playing, done: done, all: runs))
        }
        let studies = try play.studies(scenarios, seeds: seeds)
        tell(.init(share: 1, step: .writing))
        let english = ComparisonReport(studies, in: .en)
        let chinese = ComparisonReport(studies, in: .zh)
        return [
            try parts(english.parts, .en), try parts(chinese.parts, .zh),
            text("report.en.html", english.html), text("report.zh.html", chinese.html),
            text("result.csv", english.csv), try document(english.document),
        ]
    }

    private func plan(_ scenario: Scenario) throws -> Result {
        var asked = scenario
        if let hours = input.windowHours {
            asked.goal.resultsWithin += 60 * hours - asked.goal.window
            asked.goal.window = 60 * hours
        }
        if let hours = input.withinHours { asked = asked.sampled(within: 60 * hours) }
        if let hours = input.resultsHours { asked.goal.resultsWithin = 60 * hours }
        let report = ScreeningReport(try planner().answer(asked), asked)
        tell(.init(share: 1, step: .writing))
        let english = PlanReport(report, in: .en)
        let chinese = PlanReport(report, in: .zh)
        let files = [
            try parts(english.parts, .en), try parts(chinese.parts, .zh),
            text("report.en.html", english.html), text("report.zh.html", chinese.html),
            text("result.csv", english.csv), try document(report.document),
        ]
        let plan = report.planned.map { [text("plan.yaml", ScenarioFile.write($0.scenario))] }
        return Result(
            files: files + (plan ?? []), step: report.isProved ? .proved : .notProved)
    }

    private func planner() -> ScreeningPlanner {
        var wishes = ScreeningPlanner.Wishes()
        wishes.probability = input.probability
        wishes.seconds = Double(input.seconds)
        wishes.rules.growth = input.growth
        let (tell, clock, all) = (tell, clock, Double(input.seconds))
        let begin = clock()
        return ScreeningPlanner(
            wishes, clock: clock,
            note: { note in
                // The last proof is finished after the time: it is nearly done then, not done.
                let share = min(0.95, (clock() - begin) / all)
                switch note {
                case .part(let done, let all):
                    tell(.init(share: share, step: .bounding, done: done, all: all))
                case .late(let count, let all):
                    tell(.init(share: share, step: .mending, done: all - count, all: all))
                case .proof(let kept, let all):
                    tell(.init(share: share, step: .proving, done: kept, all: all))
                case .trimming(let done, let all):
                    tell(.init(share: share, step: .mending, done: done, all: all))
                case .failed: tell(.init(share: share, step: .mending))
                case .eased, .relaxing: tell(.init(share: share, step: .bounding))
                }
            }, mayGoOn: mayGoOn)
    }

    private func text(_ name: String, _ text: String) -> JobFile {
        JobFile(name: name, bytes: Array(text.utf8))
    }

    private func parts(_ parts: [PlannerSection], _ language: ReportLanguage) throws -> JobFile {
        text("parts.\(language.rawValue).json", json(parts))
    }

    private func document(_ value: some Encodable) throws -> JobFile {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // Hours that are never reached are infinite.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return JobFile(name: "result.json", bytes: [UInt8](try encoder.encode(value)))
    }
}

/// A value that was kept as JSON; nil when it is of another shape.
func decoded<Value: Decodable>(_ text: String) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
}
