import ArgumentParser
import Foundation
import LabDomain
import LabOperations
import LabStore

/// Plans that were put into the laboratory.
struct Campaign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a plan into the laboratory: its sites, tubes, pick-ups and laboratories.",
        subcommands: [HandOver.self, List.self, Show.self, End.self])

    struct HandOver: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a scenario's sites into the laboratory as a campaign.",
            discussion: """
                Sampling desks then offer the sites. Each site has its tubes: people over the \
                people in a tube, one more for every hour open, and five in a hundred to spare. \
                With --first-tube their barcodes are counted up in the first supplier's format.
                """)
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "A file, or a scenario kept here or of `scenario list`.")
        var scenario: String
        @Option(help: "The day of the first swab, such as 2026-12-01.") var starts: String
        @Option(help: "The number of the first tube's barcode (default: no barcodes).")
        var firstTube: Int?

        func run() throws {
            try session(options, output) { laboratory, handle in
                let input = try ScenarioSource.input(scenario, in: laboratory, as: handle)
                let done = try laboratory.perform(
                    HandOverPlan(input.yaml, startsOn: starts, firstTube: firstTube), as: handle,
                    key: keys.key, at: .now)
                try show(done.answer, output, in: laboratory) {
                    "\($0.campaign)  \($0.name): \(count($0.sites, "site")), "
                        + "\(count($0.tubes, "tube"))"
                        + ($0.firstTube.isEmpty ? "" : ", \($0.firstTube) to \($0.lastTube)")
                }
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List campaigns.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            try session(options, output) { laboratory, handle in
                let zone = try laboratory.rules().settings.zone
                try show(try laboratory.campaigns(as: handle), output, in: laboratory) { all in
                    table(
                        ["campaign", "name", "starts", "sites", "people", "tubes", ""],
                        all.map {
                            [
                                $0.id, $0.name, zone.minuteText($0.startsAt), "\($0.sites)",
                                "\($0.people)", "\($0.tubes)", $0.endedAt == nil ? "" : "ended",
                            ]
                        })
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the sites of a campaign as a CSV file (or as JSON).")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The campaign.") var campaign: String

        func run() throws {
            try session(options, output) { laboratory, handle in
                guard
                    let found = try laboratory.campaign(campaign, most: 50_000, as: handle)
                else {
                    throw Refusal(
                        .unknown, "There is no such campaign.",
                        remedy: "See the list of campaigns.")
                }
                switch output.format {
                case .json: try printJSON(found.sites)
                case .text: print(CampaignSite.csv(found.sites), terminator: "")
                }
            }
        }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a campaign: sampling desks offer its sites no longer.")
        @OptionGroup var options: LaboratoryOptions
        @OptionGroup var keys: KeyOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The campaign.") var campaign: String

        func run() throws {
            try perform(EndCampaign(campaign), options, keys, output) { "`\($0.name)` has ended." }
        }
    }
}
