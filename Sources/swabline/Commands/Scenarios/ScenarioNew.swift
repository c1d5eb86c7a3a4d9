import ArgumentParser
import Foundation
import LabOperations
import LabScreening
import LabSimulation

/// A scenario from a place or a number, by the guideline's ratios.
struct ScenarioNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a scenario for a place of the census, or for a number of people.",
        discussion: """
            Applies the national guideline: a site for 2,000 to 3,000 people (2,500), a table for \
            600 to 800 (700) and samplers = people / 360 for one day, divided by the days; a \
            vehicle for 3.2 sites; a PCR machine for 1,250 tubes a day, used at three quarters.

            Places are counties, prefectures and provinces of the 2020 census by their Chinese \
            name, pinyin or code: 景德镇, Jingdezhen, 3602. Prints YAML.
            """)
    @OptionGroup var output: OutputOptions
    @Option(help: "A county, prefecture or province of the 2020 census.") var place: String?
    @Option(help: "A number of people instead of a place.") var people: Int?
    @Option(help: "Days of sampling.") var days = 2
    @Option(help: "People to a site.") var perSite = 2_500
    @Option(help: "People swabbed into one tube: 1, 5, 10 or 20.") var ratio = 10
    @Option(help: "Infected people in a hundred.") var prevalencePercent = 0.003

    func validate() throws {
        guard (place == nil) != (people == nil) else {
            throw ValidationError("Give either --place or --people.")
        }
        guard people.map({ 1...100_000_000 ~= $0 }) ?? true else {
            throw ValidationError("--people is from 1 to 100,000,000.")
        }
        guard 1...30 ~= days else { throw ValidationError("--days is from 1 to 30.") }
        guard 1...1_000_000 ~= perSite else {
            throw ValidationError("--per-site is from 1 to 1,000,000.")
        }
        guard [1, 5, 10, 20].contains(ratio) else {
            throw ValidationError("--ratio is 1, 5, 10 or 20.")
        }
        guard 0...100 ~= prevalencePercent else {
            throw ValidationError("--prevalence-percent is from 0 to 100.")
        }
    }

    func run() throws {
        try session(output) {
            var guideline = GuidelineScenario()
            guideline.days = days
            guideline.ratios.peoplePerSite = perSite
            guideline.use(peopleInTube: ratio)
            guideline.prevalence = prevalencePercent / 100
            print(ScenarioFile.write(try scenario(guideline)), terminator: "")
        }
    }

    private func scenario(_ guideline: GuidelineScenario) throws -> Scenario {
        guard let place else {
            let people = people ?? 1
            return guideline.scenario(
                name: "people-\(people)", title: "\(people) people in \(count(days, "day"))",
                source: "The guideline's ratios.",
                places: [GuidelineScenario.Place(name: "District", people: people)])
        }
        let counties = CensusCounty.named(place, among: try CensusCounty.all())
        guard !counties.isEmpty else {
            throw Refusal(
                .unknown, "The census has no place of this name.",
                remedy: "Write it in Chinese, in pinyin or as a code; or give --people.")
        }
        return guideline.scenario(counties, named: place)
    }
}
