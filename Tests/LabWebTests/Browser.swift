import Foundation
import HTTPTypes
import Hummingbird
import LabDomain
import LabOperations
import LabSecrets
import LabWeb
import Logging
import NIOCore
import Synchronization
import Testing

/// Asks a site without a network, as a browser would: with cookies, forms and tokens.
final class Browser: Sendable {
    /// What came back.
    struct Seen {
        let status: Int
        let headers: HTTPFields
        let body: String

        var location: String? { headers[.location] }
    }

    private let site: Site
    private let cookies = Mutex<[String: String]>([:])

    init(_ site: Site, secret: String? = nil, language: Language = .english) {
        self.site = site
        cookies.withLock {
            $0["language"] = language.rawValue
            $0["session"] = secret
        }
    }

    /// The token that forms of this session carry, as any page shows it.
    func token() async throws -> String {
        let page = try await get("/password").body
        return page.firstMatch(of: #/name="csrf" content="([0-9a-f]*)"/#).map { String($0.1) } ?? ""
    }

    func get(_ path: String) async throws -> Seen { try await ask(.get, path) }

    /// Sends a form with the session's token.
    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> Seen {
        var fields = fields
        if fields["csrf"] == nil { fields["csrf"] = try await token() }
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await ask(
            .post, path, body: Array(body.utf8), type: "application/x-www-form-urlencoded")
    }

    /// Sends a form whose fields stand in an order, some of them several times.
    func send(_ path: String, _ fields: [(String, String)]) async throws -> Seen {
        var fields = fields.filter { $0.0 != "csrf" }
        fields.append(("csrf", try await token()))
        let body = fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        return try await ask(
            .post, path, body: Array(body.utf8), type: "application/x-www-form-urlencoded")
    }

    /// One request.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = [], type: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Seen {
        let response = try await begin(method, path, body: body, type: type, headers: headers)
        let text = Text()
        // A stream of events would never end.
        if response.headers[.contentType] != "text/event-stream" {
            try await response.body.write(text)
        }
        return Seen(
            status: response.status.code, headers: response.headers, body: text.string)
    }

    /// One request whose answer is not read yet.
    func begin(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = [], type: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        var fields = headers
        fields[.cookie] = cookies.withLock {
            $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        if let type { fields[.contentType] = type }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "laboratory.test", path: path,
                headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let response = try await site.router().buildResponder().respond(
            to: request,
            context: SiteContext(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        keep(response.headers[values: HTTPField.Name.setCookie])
        return response
    }

    private func keep(_ set: [String]) {
        cookies.withLock { kept in
            for cookie in set {
                let pair = cookie.prefix { $0 != ";" }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                kept[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
            }
        }
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private final class Text: ResponseBodyWriter {
        private let bytes = Mutex<[UInt8]>([])

        var string: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

        func write(_ buffer: ByteBuffer) async throws {
            bytes.withLock { $0 += Array(buffer.readableBytesView) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
