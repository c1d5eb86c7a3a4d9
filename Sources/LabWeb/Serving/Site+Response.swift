internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LabOperations
internal import NIOCore

extension Site {
    /// An answer as it goes to the browser.
    func response(to visit: Visit, _ answer: Answer) async throws -> Response {
        switch answer {
        case .page(let page):
            return html(try await aside { try framed(page, for: visit) }, page.status)
        case .redirect(let path, let flash):
            if let flash, let secret = visit.secret { flashes.leave(flash, for: secret) }
            return redirect(to: path)
        case .keeping(let cookie, let path, let flash):
            if let flash { flashes.leave(flash, for: cookie.value) }
            var answer = redirect(to: path)
            answer.setCookie(cookie)
            return answer
        case .json(let bytes, let status):
            return response(bytes, "application/json", status)
        case .file(let bytes, let type, let name):
            var answer = response(bytes, type)
            if let name {
                answer.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
            }
            return answer
        case .worker(let bytes, let scope):
            var answer = response(bytes, "text/javascript; charset=utf-8")
            answer.headers[.serviceWorkerAllowed] = scope
            return answer
        case .asset(let bytes, let type):
            var answer = response(bytes, type)
            answer.headers[.cacheControl] = "public, max-age=31536000, immutable"
            return answer
        case .events(let write):
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/event-stream", .cacheControl: "no-store",
                    .accelBuffering: "no",
                ], body: ResponseBody(write))
        }
    }

    func html(_ text: String, _ status: HTTPResponse.Status) -> Response {
        response(Array(text.utf8), "text/html; charset=utf-8", status)
    }

    /// After something was done the browser looks at another page: going back does it no second
    /// time.
    func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    func response(
        _ bytes: [UInt8], _ type: String, _ status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The language that the browser chose here, else the first of its wishes that we speak.
    func language(of request: Request) -> Language {
        if let chosen = request.cookies[Cookies.language]?.value,
            let language = Language(rawValue: chosen)
        {
            return language
        }
        let wishes = (request.headers[.acceptLanguage] ?? "").lowercased().split(separator: ",")
        for wish in wishes {
            let tag = wish.drop { $0 == " " }.prefix(2)
            if let language = Language(rawValue: String(tag)) { return language }
        }
        return .chinese
    }

    static func decoded(_ text: Substring) -> String {
        String(text).removingPercentEncoding ?? String(text)
    }
}

/// A path of this site that somebody may be sent to; nil for every other address.
func localPath(_ text: String?) -> String? {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"),
        text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 })
    else { return nil }
    return text
}

/// A text as it stands in one place of an address.
func encoded(_ text: String) -> String {
    let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
}

/// Whether two texts are the same; the time it takes does not tell how nearly.
func isSame(_ one: String, _ other: String) -> Bool {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
