internal import LabDomain

/// How a format says that there is no Cq; what it does not say is no number, and a fault.
struct CqRule {
    /// What an empty cell means.
    enum Blank {
        /// That there is no Cq.
        case none
        /// That there is no result: the format has a word for none.
        case missing
        /// The same where the table has such a word anywhere; that there is no Cq else.
        case missingBesideWords
        case fault
    }

    /// Words for none, as `Heading.key` writes them.
    let words: Set<String>
    /// Words for a result that there is not.
    let missingWords: Set<String>
    var blank: Blank
    /// Whether 0 and negative numbers say it.
    let isBelowOne: Bool
    /// The number of cycles, which says it from there on; 100 where a format always writes that.
    let cycles: Double?

    enum Reading: Equatable {
        case cq(Double)
        case none
        /// Neither a Cq nor a word for none: the result is lost, or was never there.
        case missing
        case notNumber
        case outOfRange
    }

    init(
        words: [String], missing: [String] = [], blank: Blank = .missing, isBelowOne: Bool = false,
        cycles: Double? = nil
    ) {
        self.words = Set(words.map(Heading.key))
        missingWords = Set(missing.map(Heading.key))
        self.blank = blank
        self.isBelowOne = isBelowOne
        self.cycles = cycles
    }

    func read(_ cell: String) -> Reading {
        if cell.isEmpty {
            return switch blank {
            case .none, .missingBesideWords: .none
            case .missing: .missing
            case .fault: .notNumber
            }
        }
        var text = cell
        // A Cq has no thousands: a lone comma can only be a decimal one.
        if let comma = text.firstIndex(of: ","), !text.contains("."),
            text[text.index(after: comma)...].firstIndex(of: ",") == nil
        {
            text.replaceSubrange(comma...comma, with: ".")
        }
        let key = Heading.key(cell)
        if words.contains(key) { return .none }
        if missingWords.contains(key) { return .missing }
        guard let number = NumberText.parse(text) else { return .notNumber }
        if number < 1 { return isBelowOne ? .none : .outOfRange }
        if let cycles, number >= cycles { return .none }
        return number < 100 ? .cq(number) : .outOfRange
    }

    /// The same rule for a table, of which some cells tell how it says none.
    func settled(by cells: some Sequence<String>) -> CqRule {
        guard blank == .missingBesideWords else { return self }
        var rule = self
        rule.blank = cells.contains { words.contains(Heading.key($0)) } ? .missing : .none
        return rule
    }

    /// Applied Biosystems: Undetermined; an empty cell is that of an omitted well, or lost.
    static let appliedBiosystems = CqRule(
        words: [
            "Undetermined", "Undet.", "Undet", "Indéterminé", "Indeterminado", "Unbestimmt",
            "Indeterminato", "未确定", "不确定", "未測定",
        ],
        missing: ["NaN", "N/A", "NA", "#N/A"])
    /// An experiment's own table: the number of cycles, set with each reading.
    static let eds = CqRule(words: ["Undetermined", "NaN"], isBelowOne: true)
    /// Bio-Rad: NaN or N/A; the program's language in the plate view.
    static let bioRad = CqRule(words: [
        "NaN", "N/A", "NA", "#N/A", "None", "n. def.", "n.def.", "n. def", "n. déf.", "non déf.",
        "n.d.", "n. d.", "nd", "NeuN", "не число", "Non Numérique", "非数字", "不适用", "未检出",
        "Undetermined", "-", "--",
    ])
    /// LightCycler 480: an empty Cp.
    static let lightCycler480 = CqRule(words: ["-", "NaN"], blank: .none, isBelowOne: true)
    /// LightCycler 96: a hyphen, 0 or 100.
    static let lightCycler96 = CqRule(words: ["-", "NaN"], isBelowOne: true, cycles: 100)
    /// Rotor-Gene: an empty Ct; the comment says NEG.
    static let rotorGene = CqRule(
        words: ["NEG", "NEG (NTC)", "Neg. (NTC)", "NEG (Multi Ct)", "-", "NaN"], blank: .none,
        isBelowOne: true)
    /// MxPro: No Ct.
    static let mxPro = CqRule(
        words: ["No Ct", "NoCt", "No Cq", "NoCq"], missing: ["N/A"], blank: .missingBesideWords)
}
