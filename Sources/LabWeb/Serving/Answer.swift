package import HTTPTypes
package import Hummingbird

/// What a route answers.
package enum Answer: Sendable {
    /// A page inside the frame.
    case page(Page)
    /// See another page; with a word about what was done there.
    case redirect(String, Flash? = nil)
    /// See another page, and keep a cookie.
    case keeping(Cookie, String, Flash? = nil)
    /// Data for a script.
    case json([UInt8], status: HTTPResponse.Status = .ok)
    /// A file; `name` is nil when the browser shall show it.
    case file([UInt8], type: String, name: String? = nil)
    /// A script that answers for the pages under `scope` while the network is down.
    case worker([UInt8], scope: String)
    /// A file that never changes under its name.
    case asset([UInt8], type: String)
    /// Events, as long as the browser listens.
    case events(@Sendable (inout any ResponseBodyWriter) async throws -> Void)
}

/// A page: a template with the model that it shows, already worded.
package struct Page: Sendable {
    /// How much of the frame stands around a page.
    package enum Frame: String, Sendable {
        /// Everything: navigation, language, who is signed in.
        case whole
        /// Language alone: before somebody is signed in.
        case door
        /// Nothing: to print.
        case paper
        /// Nothing at all: a part of a page that stands already; no word waits for it.
        case part
    }

    package let title: String
    package let template: String
    package let model: any Sendable
    package let scripts: [String]
    package let frame: Frame
    package let status: HTTPResponse.Status

    /// A page; `scripts` are the names of modules among the assets.
    package init(
        _ title: String, _ template: String, _ model: any Sendable, scripts: [String] = [],
        frame: Frame = .whole, status: HTTPResponse.Status = .ok
    ) {
        self.title = title
        self.template = template
        self.model = model
        self.scripts = scripts
        self.frame = frame
        self.status = status
    }
}

/// A word about what was just done, shown once on the next page.
package struct Flash: Hashable, Sendable {
    /// Whether it was done.
    package let isDone: Bool
    package let message: String
    /// What to do now; empty when nothing.
    package let remedy: String
    /// Single faults, each in a line.
    package let places: [String]
    /// What was typed into the form that was refused.
    package var typed: TypedForm?

    /// Something was not done.
    package static func refused(_ message: String) -> Flash {
        Flash(isDone: false, message: message, remedy: "", places: [])
    }

    /// Something was done; what was odd about it, each in a line.
    package static func done(_ message: String, with warnings: [String] = []) -> Flash {
        Flash(isDone: true, message: message, remedy: "", places: warnings)
    }
}
