internal import LabDomain
internal import LabPooling
internal import LabProgramme

/// Why a class is tested as it is, in a sentence.
struct PoolReasons {
    let plan: PoolClassPlan
    let rules: Rules

    init(_ plan: PoolClassPlan, _ rules: Rules) {
        self.plan = plan
        self.rules = rules
    }

    var sentence: Wording {
        let limits = rules.programme.poolLimits
        switch plan.classReason {
        case nil: return chosen
        case .neverPooled:
            return "Singly: the programme never pools the class \(plan.risk.word)."
        case .prevalence:
            return """
                Singly: \(share(plan.prevalence)) of the class are expected positive, and the \
                programme pools below \(share(limits.highestPrevalence)) only.
                """
        case .sensitivity:
            let most = plan.candidates.filter { $0.scheme != nil }.map(\.kept).max() ?? 0
            return """
                Singly: pools find \(share(most)) of what single tests find at most, and the \
                programme asks for \(share(limits.sensitivityFloor)).
                """
        case .tooOld?, .tooLittle?, .tooLate?, .recollected?, .asked?, .leftOver?:
            return "Singly: none of its tubes can share a pool now; see the reason of each."
        default:
            return """
                Singly: at \(share(plan.prevalence)) positive, single tests cost no more than pools.
                """
        }
    }

    private var chosen: Wording {
        guard let scheme = plan.scheme,
            let own = plan.candidates.first(where: { $0.scheme == scheme })
        else { return "Singly." }
        let others = plan.candidates.filter { $0.scheme != scheme }
        let next = others.filter(\.keepsFloor).min { $0.tests < $1.tests }
        var words: Wording =
            "\(scheme) costs \(rounded(own.tests)) tests at \(share(plan.prevalence)) positive"
        if let next {
            words +=
                next.scheme.map { ", \($0) \(rounded(next.tests))" }
                ?? ", single tests \(rounded(next.tests))"
        }
        words += "; it finds \(share(own.kept)) of what single tests find"
        let barred = others.filter { !$0.keepsFloor && $0.tests < own.tests }
        if let barred = barred.compactMap(\.scheme).first {
            words += ", \(barred) would find too few"
        }
        return words + "."
    }

    private func rounded(_ tests: Double) -> String {
        text(tests, decimals: tests < 10 ? 2 : tests < 100 ? 1 : 0)
    }
}

/// A share in per cent, with as many digits as it needs.
func share(_ share: Double) -> String {
    let percent = share * 100
    if percent == 0 { return "0 %" }
    return text(percent, decimals: percent >= 10 ? 0 : percent >= 1 ? 1 : percent >= 0.1 ? 2 : 3)
        + " %"
}

/// A number with so many decimals, needless zeros left out.
func text(_ number: Double, decimals: Int) -> String {
    let unit = (0..<decimals).reduce(1.0) { unit, _ in unit * 10 }
    let scaled = (number * unit).rounded()
    guard scaled.magnitude < 1e15 else { return "\(number)" }
    let whole = Int(scaled.magnitude)
    var digits = String(whole % Int(unit))
    digits = String(repeating: "0", count: max(0, decimals - digits.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + "\(whole / Int(unit))"
        + (decimals == 0 || digits.isEmpty ? "" : ".\(digits)")
}
