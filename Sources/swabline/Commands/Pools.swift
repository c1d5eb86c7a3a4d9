import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// Laboratory pools.
struct Pool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pool",
        abstract: "Form laboratory pools out of single tubes, and see what became of them.",
        subcommands: [Form.self, List.self, Show.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the pools that are not concluded.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Also those that are.") var all = false

        func run() throws {
            try session(options, output) { laboratory, handle in
                let pools = try laboratory.pools(onlyOpen: !all, as: handle)
                try show(pools, output, in: laboratory) { pools in
                    guard !pools.isEmpty else { return "No pool is open." }
                    return table(
                        ["pool", "risk", "tubes", "state", "cut out of"],
                        pools.map {
                            [
                                $0.id.text, $0.risk, "\($0.size)", $0.state.rawValue,
                                $0.parent?.text ?? "",
                            ]
                        })
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show what the results so far say of each tube of a pool.",
            discussion: """
                Each tube has a named outcome (negative, positive, awaiting-retest, \
                awaiting-recollection, invalid, discordant: nobody explains the pool's signal) and \
                the chance that it is positive after all results, by Bayes' rule.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The pool, or a smaller pool that was cut out of it.") var pool: String

        func run() throws {
            try session(options, output) { laboratory, handle in
                let picture = try laboratory.picture(
                    of: PoolID(pool.uppercased()), as: handle)
                try show(picture, output, in: laboratory, text: text)
            }
        }

        private func text(_ picture: PoolPicture) -> String {
            let read = picture.readings.map {
                "\($0.of) \($0.verdict.rawValue)" + ($0.kit == .second ? " (second kit)" : "")
            }
            return "Pool \(picture.pool), \(picture.risk.rawValue), \(picture.state.rawValue); "
                + "\(digits(100 * picture.prior, 2)) % of its class were expected positive.\n"
                + (read.isEmpty ? "Nothing was read yet." : "Read: " + read.joined(separator: ", "))
                + "\n"
                + table(
                    ["tube", "outcome", "P(positive)", "waits for"],
                    picture.members.map {
                        [
                            $0.tube.text, $0.outcome?.rawValue ?? "not tested",
                            digits($0.posterior, 3), $0.waitsFor ?? "",
                        ]
                    })
        }
    }

    struct Form: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "form",
            abstract: "Form laboratory pools; mixed tubes are never pooled.",
            discussion: """
                Without barcodes the pools are formed that `swabline plan pools` proposes now. Or \
                carry out a plan that it wrote and you changed (--plan), or name the tubes of one \
                pool in pipetting order. The tubes of a pool that reads positive are tested \
                singly, or first in the smaller pools of its scheme.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var wishes: PoolWishOptions
        @Argument(help: "The tubes of one pool; without them the proposal is carried out.")
        var barcodes: [String] = []
        @Option(help: "Form the pools of this file: pool,tube,class,scheme,note.")
        var plan: String?
        @Flag(help: "Show the pools without forming them; as swabline plan pools.")
        var dryRun = false

        func validate() throws {
            guard plan == nil || barcodes.isEmpty else {
                throw ValidationError("Name the tubes, or give --plan, not both.")
            }
            guard plan == nil || wishes.isEmpty, barcodes.isEmpty || wishes.isOnlyScheme else {
                throw ValidationError(
                    "--singly and --prevalence change the proposal; they do not go with tubes that "
                        + "are named, and --plan says all itself.")
            }
            guard !dryRun || (plan == nil && barcodes.isEmpty) else {
                throw ValidationError("--dry-run shows the proposal; leave out tubes and --plan.")
            }
        }

        func run() throws {
            if dryRun { return try PlanPoolsCommand.show(wishes.wishes, options, output) }
            var choice = FormPools.Choice.proposed(wishes.wishes)
            if let plan {
                try session(output) { choice = .named(try PoolPlanFile.read(try read(plan))) }
            } else if !barcodes.isEmpty {
                choice = .named([
                    FormPools.Named(tubes: barcodes, scheme: wishes.wishes.scheme)
                ])
            }
            try perform(FormPools(choice), options, keys, output) { answer in
                let heading =
                    "\(count(answer.pools.count, "pool")) formed, "
                    + "\(count(answer.singly.count, "tube")) tested singly."
                return heading + "\n"
                    + table(
                        ["pool", "risk", "scheme", "tubes in pipetting order"],
                        answer.pools.map {
                            [
                                $0.pool.text, $0.risk.rawValue, $0.scheme.description,
                                $0.tubes.map(\.text).joined(separator: " "),
                            ]
                        })
            }
        }
    }
}
