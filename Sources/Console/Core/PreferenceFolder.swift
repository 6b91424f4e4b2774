import Foundation
import Journal

/// Preferences on the disk: a small file for each staff member, in the data folder.
///
/// Of several terminals the last to write wins; each reads at sign-in only, so none disturbs another.
struct PreferenceFolder {
    private let path: String
    private let disk = SystemDisk()

    init(in data: String) { path = "\(data)/preferences" }

    private func file(of staff: String) -> String {
        // A number may hold anything but blanks and commas.
        "\(path)/\(staff.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "_").json"
    }

    /// What was kept; as it comes if nothing was, or if it cannot be read: a view of things is not worth a refusal.
    func load(of staff: String) -> Preferences {
        guard let data = FileManager.default.contents(atPath: file(of: staff)) else { return Preferences() }
        return (try? JSONDecoder().decode(Preferences.self, from: data)) ?? Preferences()
    }

    /// Keeps them, wholly or not at all. Throws `DiskFailure`.
    func save(_ preferences: Preferences, of staff: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data = try encoder.encode(preferences)
        try disk.makeFolder(path, mode: 0o700)
        let (name, new) = (file(of: staff), "\(file(of: staff)).new-\(getpid())")
        let file = try disk.open(new, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
        do {
            defer { disk.close(file) }
            try data.withUnsafeBytes { try disk.write($0, to: file, at: 0) }
        } catch {
            try? disk.remove(new)
            throw error
        }
        try disk.rename(new, to: name)
    }
}
