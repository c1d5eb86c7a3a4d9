import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// What somebody wants of the pools.
struct PoolWishOptions: ParsableArguments {
    @Option(help: "Tubes in a pool, in two stages; --size 10 is --scheme '10>1'.") var size: Int?
    @Option(help: "The stages of testing, as '10>5>1'; the cheapest that is allowed else.")
    var scheme: PoolScheme?
    @Option(help: "A tube that is to be tested singly; repeatable.") var singly: [String] = []
    @Option(
        help: "CLASS=SHARE, where you know of more positives, or nothing was read; repeatable.",
        transform: ForClass.reading("a share from 0 to 1") { text in
            Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
        })
    var prevalence: [ForClass<Double>] = []

    func validate() throws {
        guard size == nil || scheme == nil else {
            throw ValidationError("Say --size or --scheme, not both.")
        }
        guard size.map({ $0 > 1 }) ?? true else {
            throw ValidationError("--size is at least 2.")
        }
    }

    var isOnlyScheme: Bool { singly.isEmpty && prevalence.isEmpty }
    var isEmpty: Bool { isOnlyScheme && size == nil && scheme == nil }

    var wishes: PoolWishes {
        PoolWishes(
            scheme: scheme ?? size.flatMap { PoolScheme(size: $0) }, singly: singly,
            prevalence: Dictionary(prevalence.map { ($0.risk, $0.value) }) { _, last in last })
    }
}

/// The pools that would be formed.
struct PlanPoolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pools",
        abstract: "Propose laboratory pools for the tubes that wait; nothing is formed.",
        discussion: """
            Each risk class gets the allowed scheme with the fewest expected tests that still \
            finds enough of the positives, or single tubes, and the reason. Households and units \
            stay together; classes are never mixed; mixed tubes, tubes of people called back, too \
            old tubes and tubes with too little volume are never pooled. What is left over of a \
            class makes smaller pools, and a last tube alone is tested singly.

            Change the proposal with --singly and --scheme, or tube by tube in the file of \
            --write, and carry it out: swabline pool form, or swabline pool form --plan FILE.
            """)
    @OptionGroup var options: LaboratoryOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var wishes: PoolWishOptions
    @Option(help: "Write the plan to this new file, to be changed and carried out.")
    var write: String?
    @Flag(help: "List every pool with its tubes.") var pools = false

    func run() throws {
        try session(output) { if let write { try refuseIfTaken(write) } }
        try Self.show(wishes.wishes, options, output, listing: pools, to: write)
    }

    static func show(
        _ wishes: PoolWishes, _ options: LaboratoryOptions, _ output: OutputOptions,
        listing: Bool = false, to path: String? = nil
    ) throws {
        try session(options, output) { laboratory, handle in
            let proposal = try laboratory.planPools(wishes, as: handle, at: .now)
            if let path {
                try Data(PoolPlanFile.write(proposal)).write(to: URL(fileURLWithPath: path))
            }
            try swabline.show(proposal, output, in: laboratory) {
                text($0, listing: listing, writtenTo: path)
            }
        }
    }

    private static func text(
        _ proposal: PoolProposal, listing: Bool, writtenTo path: String?
    ) -> String {
        guard !proposal.classes.isEmpty || proposal.mixed.tubes > 0 else {
            return "No tube waits for its first test."
        }
        var lines = [
            table(
                ["class", "tubes", "scheme", "pools", "singly", "tests expected", "finds"],
                proposal.classes.map {
                    [
                        $0.risk.rawValue, "\($0.tubes)", $0.scheme?.description ?? "singly",
                        "\($0.pools)", "\($0.singly)", String(format: "%.1f", $0.expectedTests),
                        String(format: "%.1f %%", 100 * $0.sensitivityKept),
                    ]
                })
        ]
        lines += proposal.classes.map { "\($0.risk.rawValue): \($0.reason)" }
        for own in proposal.classes
        where max(own.savedByHouseholds, own.costOfWholeHouseholds) >= 0.05 {
            lines.append(
                "\(own.risk.rawValue): people of one household in one pool save "
                    + "\(text(own.savedByHouseholds)) tests over strangers"
                    + (own.costOfWholeHouseholds >= 0.05
                        ? "; keeping every household whole costs \(text(own.costOfWholeHouseholds))"
                            + " tests more than full pools." : "."))
        }
        lines += aside(proposal)
        if proposal.mixed.tubes > 0 {
            lines.append(
                "\(count(proposal.mixed.tubes, "mixed tube")) of \(proposal.mixed.people) people "
                    + "are tested as they are; "
                    + "\(text(proposal.mixed.expectedPositiveTubes)) positive tubes and "
                    + "\(text(proposal.mixed.expectedCallBacks)) people to call back are expected.")
        }
        lines.append(
            "Wells now: \(proposal.wells) on \(count(proposal.plates, "plate")); expected later: "
                + "\(String(format: "%.1f", proposal.expectedRetests)) retests on "
                + "\(count(proposal.expectedRetestPlates, "plate")).")
        lines.append(
            "First verdicts after \(proposal.firstVerdicts.text), the last after "
                + "\(proposal.lastVerdicts.text) when every stage and proof is needed. A "
                + "positive that a single test finds is missed \(chance(proposal)).")
        if proposal.isTooSlow {
            lines.append(
                "WARNING  The first clock of these tubes runs out before the first round is read: "
                    + "more instruments are needed, or another laboratory.")
        }
        if listing {
            lines.append(
                table(
                    ["pool", "class", "scheme", "tubes in pipetting order"],
                    proposal.pools.map {
                        [
                            "\($0.number)", $0.risk.rawValue, $0.scheme.description,
                            $0.tubes.map(\.text).joined(separator: " "),
                        ]
                    }))
        }
        lines.append(
            path.map { "Written to \($0); carry it out: swabline pool form --plan \($0)" }
                ?? "Nothing was formed. Carry it out: swabline pool form")
        return lines.joined(separator: "\n")
    }

    /// How many tubes stay out of pools for a reason of their own.
    private static func aside(_ proposal: PoolProposal) -> [String] {
        let ofClass: Set<SinglyReason> = [.neverPooled, .prevalence, .sensitivity, .costsLess]
        let own = proposal.singly.filter { !ofClass.contains($0.reason) }
        return Dictionary(grouping: own, by: \.reason).sorted { $0.key.rawValue < $1.key.rawValue }
            .map { reason, tubes in
                let some = tubes.prefix(5).map(\.tube.text).joined(separator: " ")
                return "Singly, \(reason.rawValue): \(count(tubes.count, "tube")) (\(some)"
                    + (tubes.count > 5 ? " ...)" : ")")
            }
    }

    private static func text(_ number: Double) -> String { String(format: "%.2f", number) }

    private static func chance(_ proposal: PoolProposal) -> String {
        String(format: "in %.1f of 100 cases", 100 * proposal.missedShare)
    }
}
