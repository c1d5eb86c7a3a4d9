internal import Foundation
internal import LabSpelling

/// The counties and districts of China's seventh census, 1 November 2020.
///
/// Source: "Tabulation on the 2020 China Population Census by County", National Bureau of
/// Statistics, 2022, as restated by the repository tudigong (MIT); positions are centres of its
/// boundaries. Five large cities are not among them.
package struct CensusCounty: Sendable, Hashable {
    package let code: String
    package let province: String
    package let prefecture: String
    package let county: String
    package let provinceEnglish: String
    package let prefectureEnglish: String
    package let countyEnglish: String
    package let people: Int
    /// Mean people in a household.
    package let household: Double
    package let longitude: Double
    package let latitude: Double
    package let squareKilometres: Double

    private init?(_ line: Substring) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 12, let people = Int(cells[7]), let household = Double(cells[8]),
            let longitude = Double(cells[9]), let latitude = Double(cells[10]),
            let area = Double(cells[11])
        else { return nil }
        (code, province, prefecture, county) = (cells[0], cells[1], cells[2], cells[3])
        (provinceEnglish, prefectureEnglish, countyEnglish) = (cells[4], cells[5], cells[6])
        (self.people, self.household) = (people, household)
        (self.longitude, self.latitude) = (longitude, latitude)
        squareKilometres = area
    }

    /// Every county.
    /// - Throws: when the program's resource folder is not beside it.
    package static func all() throws -> [CensusCounty] {
        let url = Bundle.module.url(
            forResource: "counties-2020", withExtension: "csv", subdirectory: "Census")
        guard let url else { throw CocoaError(.fileNoSuchFile) }
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
            .compactMap(CensusCounty.init)
    }

    /// The counties of a place: a province, a prefecture, or one county.
    ///
    /// Names in Chinese may lack their last sign (市, 县 …), English ones are pinyin without
    /// tones, codes have 2, 4 or 6 digits.
    package static func named(_ name: String, among counties: [CensusCounty]) -> [CensusCounty] {
        let wanted = name.lowercased()
        func isNamed(_ chinese: String, _ english: String) -> Bool {
            chinese == name || english.lowercased() == wanted
                || (name.count >= 2 && chinese.hasPrefix(name) && chinese.count - name.count <= 8)
        }
        if (2...6).contains(name.count), Int(name) != nil {
            return counties.filter { $0.code.hasPrefix(name) }
        }
        let provinces = counties.filter { isNamed($0.province, $0.provinceEnglish) }
        if !provinces.isEmpty { return provinces }
        let prefectures = counties.filter { isNamed($0.prefecture, $0.prefectureEnglish) }
        if !prefectures.isEmpty { return prefectures }
        return counties.filter { isNamed($0.county, $0.countyEnglish) }
    }

    /// The place that somebody probably meant, in pinyin.
    package static func nearest(
        to name: String, among counties: [CensusCounty]
    ) -> String? {
        let names = Set(
            counties.flatMap { [$0.provinceEnglish, $0.prefectureEnglish, $0.countyEnglish] })
        return Spelling.nearest(to: name, among: names.sorted())
    }
}
