internal import Foundation
internal import LabSettings
package import LabSimulation

/// The scenarios that come with the product.
package enum ReadyScenario: String, CaseIterable, Sendable {
    case jingdezhen
    case yantai
    case diqing
    case guizhou
    case qingdao2020 = "qingdao-2020"
    case wuhan2020 = "wuhan-2020"
    case shijiazhuang2021 = "shijiazhuang-2021"

    /// The YAML text.
    /// - Throws: when the program's resource folder is not beside it.
    package func text() throws -> String {
        let url = Bundle.module.url(
            forResource: rawValue, withExtension: "yaml", subdirectory: "Cities")
        guard let url else { throw CocoaError(.fileNoSuchFile) }
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// The scenario.
    package func scenario() throws -> Scenario {
        try ScenarioFile.read(try text(), file: "\(rawValue).yaml")
    }
}
