package import LabDomain
internal import LabProgramme
internal import LabStore

/// Says who is told of what, over which channels.
package struct AdoptAlerting: Command, Encodable {
    package static let verb = Verb.adoptAlerting

    let text: String

    /// What holds from now on.
    package struct Answer: Codable, Sendable {
        /// Lines of the duty list.
        package let duty: Int
        package let channels: [String]
    }

    /// Settings of alerts as YAML.
    package init(text: String) {
        self.text = text
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let settings = try Alerting(text, file: "alerts")
        try work.transaction.append([.alertingAdopted(AlertingAdopted(settings: text))])
        return Answer(duty: settings.duty.count, channels: settings.channels.map(\.name))
    }
}

extension Laboratory {
    /// The settings of alerts that hold: as they were adopted, or those that come with the program.
    package func alertingText(as handle: String) throws -> String {
        try look(.seeWork, as: handle) { try AlertingInForce(in: $0).text }
    }

    /// Whether settings were adopted; without, those that come with the program hold.
    package func hasAlerting(as handle: String) throws -> Bool {
        try look(.seeWork, as: handle) { try $0.alerting() != nil }
    }

    /// The settings of alerts to start from.
    package static func shippedAlerting() throws -> String { try ShippedRules.alerting.text() }
}
