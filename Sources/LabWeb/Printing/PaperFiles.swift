package import LabOperations

/// Papers as files that need nothing beside them: HTML with its styles, for any browser to print.
package struct PaperFiles: Sendable {
    private let words: Catalogue
    private let templates: Templates
    private let style: String

    /// What stands around the paper.
    private struct Frame: Sendable {
        let language: String
        let title: String
        let style: String
        let body: String
    }

    /// Papers in one language.
    /// - Throws: when the program's resource folder is not beside it.
    package init(_ language: Language) throws {
        words = try Catalogue(language)
        templates = try Templates(words)
        style = String(
            decoding: try Resources.data("Styles/8-certificate.css"), as: UTF8.self)
    }

    /// A person's certificate.
    package func certificate(_ certificate: PrintedCertificate) throws -> [UInt8] {
        try file(
            words.say("certificate.title"), "certificate",
            try CertificatePage(certificate, words: words))
    }

    /// A sending unit's results.
    package func feedback(_ feedback: UnitFeedback) throws -> [UInt8] {
        try file(
            words.say("feedback.title"), "feedback",
            FeedbackPage(
                feedback, table: try FeedbackTable(words.language, zone: feedback.zone),
                words: words))
    }

    private func file(_ title: String, _ template: String, _ model: any Sendable) throws -> [UInt8]
    {
        let frame = Frame(
            language: words.language == .english ? "en" : "zh-CN", title: title, style: style,
            body: try templates.render(model, template))
        return Array(try templates.render(frame, "paper-file").utf8)
    }
}
