import ArgumentParser
import Foundation
import LabDomain
import LabOperations

/// A recorded campaign, played again.
struct Rehearse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Play a recorded pooled campaign through the same operations.",
        discussion: """
            The file has the columns sample_no,pool_no,pool_ct,individual_ct: pool_ct a number or \
            `Negative` (a pool is positive when it has a number), individual_ct a number, \
            `Negative`, or empty where the sample was not tested by itself. Pools of any size. The \
            clock is simulated. `open` counts members of positive pools whose test still waits, \
            because the file holds no result for them.
            """)
    @OptionGroup var output: OutputOptions
    @Argument(help: "The campaign, CSV.") var campaign: String
    @Option(help: "A member counts as positive up to this Ct.") var positiveAtMost = 37.0
    @Option(help: "Keep the played laboratory in this new database, to look at it afterwards.")
    var keep: String?

    func validate() throws {
        guard Cq(positiveAtMost) != nil, positiveAtMost >= 1 else {
            throw ValidationError("--positive-at-most is a Ct between 1 and 100.")
        }
    }

    func run() throws {
        try session(output) {
            guard let cq = Cq(positiveAtMost) else { return }
            var rehearsal = try RehearseCampaign(
                file: try read(campaign), positiveAtMost: cq, database: keep, progress: note)
            let result = try rehearsal.play()
            switch output.format {
            case .json: try printJSON(result)
            case .text:
                print(
                    table(
                        [],
                        [
                            ["pools", "\(result.pools)"],
                            ["positive pools", "\(result.positivePools)"],
                            ["  confirmed", "\(result.confirmedPools)"],
                            ["  unconfirmed", "\(result.unconfirmedPools)"],
                            ["retests", "\(result.retests)"],
                            ["reactions", "\(result.reactions)"],
                            ["positive samples", "\(result.positives)"],
                            ["still open", "\(result.open)"],
                        ]))
                if let keep {
                    print("\nKept in \(keep); look with --as rehearsal.supervisor.")
                }
            }
        }
    }
}

/// One day of a small laboratory.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play one day of a small laboratory from accession to report.",
        discussion: """
            Everybody in it is invented; the clock and the instrument are simulated. With --serve \
            the laboratory is then left in the middle of today's work, and its pages are served \
            until Ctrl-C; everybody's one-time password is printed once.

            With --city the laboratory is instead left in the middle of a large city's testing, to \
            try it under load: most tubes are answered, --open-tubes stand at every stage. 200,000 \
            people take some minutes to make.
            """)
    @Option(help: "The folder for database, files and reports; begun anew each time.")
    var directory = "demo"
    @Option(help: "The same seed plays the same day.") var seed: UInt64 = 2021
    @Option(help: "A receiver's settings; its messages wait in the outbox (report send).")
    var receiver: String?
    @Flag(help: "Go on with today's work and serve the laboratory's pages.") var serve = false
    @Option(help: "The port of the pages; 0 takes a free one.") var port = 8080
    @Flag(help: "A large city's testing instead of one small day.") var city = false
    @Option(help: "With --city: how many people were swabbed.") var people = 200_000
    @Option(help: "With --city: how many tubes are at work.") var openTubes = 5_000

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
        guard (1_000...3_000_000).contains(people) else {
            throw ValidationError("A city has from 1000 to 3000000 people.")
        }
        guard (50...people / 20).contains(openTubes) else {
            throw ValidationError("--open-tubes is at least 50, and one for 20 people at most.")
        }
    }

    func run() async throws {
        try city ? playCity() : play()
        guard serve else { return }
        try await Serve.parse([
            "--database", directory + "/laboratory.sqlite", "--port", "\(port)", "--no-send",
        ]).run()
    }

    private func play() throws {
        let output = try OutputOptions.parse([])
        try session(output) {
            let program = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
            var day = try DemoDay(
                directory: directory, seed: seed,
                programFolder: program.map { ($0 as NSString).deletingLastPathComponent },
                receiver: try receiver.map(readReceiver)
            ) { print($0) }
            try day.play()
            guard serve else { return }
            show(try day.leaveAtWork(at: .now))
        }
    }

    private func playCity() throws {
        try session(try OutputOptions.parse([])) {
            var rehearsal = try RehearseCity(
                directory: directory, size: .init(people: people, openTubes: openTubes),
                seed: seed, at: .now, progress: note)
            show(try rehearsal.play())
        }
    }

    private func show(_ accounts: [DemoDay.Account]) {
        print("\nSign in with one of these; each password is for one time:\n")
        print(
            table(
                ["handle", "role", "password"],
                accounts.map { [$0.handle, $0.role.rawValue, $0.password] }))
        print("")
        // The pages are served until somebody ends them: what was told must be seen before.
        fflush(nil)
    }
}
