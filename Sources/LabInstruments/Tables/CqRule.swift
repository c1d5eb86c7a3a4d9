internal import LabDomain

/// How a format says that there is no Cq; what it does not say is no number, and a fault.
struct CqRule {
    /// Words in small letters.
    var words: Set<String>
    /// Whether an empty cell says it.
    var isBlank = true
    /// Whether 0 and negative numbers say it.
    var isBelowOne = false
    /// The number of cycles, which says it from there on; 100 where a format always writes that.
    var cycles: Double?

    enum Reading: Equatable {
        case cq(Double)
        case none
        case notNumber
        case outOfRange
    }

    func read(_ cell: String) -> Reading {
        if cell.isEmpty { return isBlank ? .none : .notNumber }
        var text = cell
        // A Cq has no thousands: a lone comma can only be a decimal one.
        if let comma = text.firstIndex(of: ","), !text.contains("."),
            text[text.index(after: comma)...].firstIndex(of: ",") == nil
        {
            text.replaceSubrange(comma...comma, with: ".")
        }
        guard let number = NumberText.parse(text) else {
            return words.contains(Heading.key(cell)) ? .none : .notNumber
        }
        if words.contains(Heading.key(cell)) { return .none }
        if number < 1 { return isBelowOne ? .none : .outOfRange }
        if let cycles, number >= cycles { return .none }
        return number < 100 ? .cq(number) : .outOfRange
    }

    /// Applied Biosystems: Undetermined, or an empty cell of an omitted well.
    static let appliedBiosystems = CqRule(words: [
        "undetermined", "undet.", "undet", "indéterminé", "indeterminado", "unbestimmt",
        "indeterminato", "未确定", "未測定", "nan", "n/a",
    ])
    /// An experiment's own table: the number of cycles, set with each reading.
    static let eds = CqRule(words: ["undetermined", "nan"], isBelowOne: true)
    /// Bio-Rad: NaN or N/A; the program's language in the plate view.
    static let bioRad = CqRule(words: [
        "nan", "n/a", "none", "n. def.", "n.def.", "n. def", "n. déf.", "non déf.", "n.d.", "nd",
        "не число", "非数字", "不适用", "-",
    ])
    /// LightCycler 480: an empty Cp.
    static let lightCycler480 = CqRule(words: ["-", "nan"], isBelowOne: true)
    /// LightCycler 96: a hyphen, 0 or 100.
    static let lightCycler96 = CqRule(words: ["-", "nan"], isBelowOne: true, cycles: 100)
    /// Rotor-Gene: an empty Ct; the comment says NEG.
    static let rotorGene = CqRule(words: ["neg", "neg (ntc)", "-", "nan"], isBelowOne: true)
    /// MxPro: No Ct.
    static let mxPro = CqRule(words: ["no ct", "no cq", "n/a"])
}
