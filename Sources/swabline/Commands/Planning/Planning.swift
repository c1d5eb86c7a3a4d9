import ArgumentParser
import LabDomain
import LabOperations

/// Plans that somebody looks at before they are carried out.
struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a collection, pools, or the screening of a whole city.",
        subcommands: [
            PlanCollectionCommand.self, PlanPoolsCommand.self, PlanScreeningCommand.self,
        ])
}

/// A value for one risk class, like `low=5`.
struct ForClass<Value: Sendable>: Sendable {
    let risk: RiskClass
    let value: Value

    /// Reads `CLASS=VALUE`.
    static func reading(
        _ words: String, _ read: @escaping @Sendable (String) -> Value?
    ) -> @Sendable (String) throws -> ForClass {
        { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let risk = RiskClass(written: parts[0]),
                let value = read(parts[1])
            else {
                let classes = RiskClass.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "Write CLASS=VALUE: a class of \(classes), and \(words).")
            }
            return ForClass(risk: risk, value: value)
        }
    }
}

/// A planner's command.
struct PlanCollectionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collection",
        abstract: "Plan who of a roster is swabbed into which tube, and what that needs.",
        discussion: """
            The roster is CSV, one line a person: person (any code), unit, and where they are \
            known name, site, household, risk (low, medium, high, key). Households and units stay \
            together. For each risk class the tube with the fewest expected tests is chosen among \
            those that the programme allows. Nothing is stored; no laboratory is needed.

            The programme is --programme FILE, or that of the laboratory that --database or \
            SWABLINE_DATABASE names, or the one that comes with swabline.
            """)

    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The CSV file, or - for standard input.") var roster: String
    @Option(help: "Plan under the programme of this YAML file.") var programme: String?
    @Option(
        help: "CLASS=RATIO, a tube of 1, 5, 10 or 20 people at most; repeat it for other classes.",
        transform: ForClass.reading("1, 5, 10 or 20") { text in
            Int(text).flatMap(TubeRatio.init(rawValue:))
        })
    var ratio: [ForClass<TubeRatio>] = []
    @Option(
        help: "CLASS=SHARE, the share of the class that is expected to be infected; repeatable.",
        transform: ForClass.reading("a share from 0 to 1") { text in
            Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
        })
    var prevalence: [ForClass<Double>] = []
    @Option(
        help:
            "Correlation of infections in a household, 0 to 1; near its secondary attack rate."
    )
    var correlation = 0.17
    @Option(help: "Mixed tubes are chosen while fewer than this share is called back.")
    var callbackLimit = 0.05
    @Option(help: "Per cent of kits and swabs to bring beyond those needed.") var spare = 5
    @Option(help: "Write the tube lists, with names, to this new CSV file.") var lists: String?
    @Flag(help: "Print the tube lists, with names, as pages for the sampling teams.")
    var print = false

    func validate() throws {
        guard (0...1).contains(correlation), (0...1).contains(callbackLimit) else {
            throw ValidationError("--correlation and --callback-limit lie between 0 and 1.")
        }
        guard (0...100).contains(spare) else {
            throw ValidationError("--spare is 0 to 100 per cent.")
        }
        guard Set(ratio.map(\.risk)).count == ratio.count,
            Set(prevalence.map(\.risk)).count == prevalence.count
        else { throw ValidationError("Give each risk class one ratio and one prevalence.") }
        guard programme == nil || options.files.database == nil else {
            throw ValidationError("Name --programme or --database, not both.")
        }
        guard !print || output.format == .text else {
            throw ValidationError("--print is text; --lists FILE writes the lists for programs.")
        }
    }

    func run() throws {
        try session(output) {
            try lists.map(refuseIfTaken)
            let rules = try programmeText()
            let planner = try PlanCollection(
                programme: rules.text, file: rules.file, wishes: wishes)
            let planned = try planner.plan(roster: try read(roster))
            if let lists { try writeWhole(planned.lists, to: lists) }
            defer { if lists != nil || !print { note(next) } }
            switch output.format {
            case .json: try printJSON(planned.summary)
            case .text:
                if print {
                    for page in TubeListPages(planned) { Swift.print(page) }
                } else {
                    Swift.print(CollectionText(planned.summary).text)
                }
            }
        }
    }

    private var wishes: PlanCollection.Wishes {
        var wishes = PlanCollection.Wishes()
        for entry in ratio { wishes.ratios[entry.risk] = entry.value }
        for entry in prevalence { wishes.prevalence[entry.risk] = entry.value }
        wishes.correlation = correlation
        wishes.callBackLimit = callbackLimit
        wishes.sparePerCent = spare
        return wishes
    }

    private func programmeText() throws -> (text: String?, file: String) {
        if let programme { return (try readText(programme), programme) }
        guard options.files.database != nil || Environment["SWABLINE_DATABASE"] != nil else {
            return (nil, "shipped programme")
        }
        let handle = try options.handle()
        let text = try options.open().rulesText(settings: false, as: handle)
        return (text, "programme in force")
    }

    private var next: String {
        if let lists { return "The tube lists are in \(lists)." }
        return "Next: --lists FILE.csv writes the tube lists, --print prints them for the teams."
    }
}
