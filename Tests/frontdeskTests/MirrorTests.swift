import Foundation
import Testing

extension ProgramWithFiles {
    @Suite("Repair from the mirror")
    struct MirrorTests {
        @Test("A flipped byte and a deleted line are restored byte for byte")
        func restoresBytes() throws {
            let home = try TestHome()
            let mirror = try home.file("mirror-place", "") + "-folder"
            #expect(try home.run(["mirror", mirror]).code == 0)
            try home.addVisitors(12)
            #expect(try home.run("verify").code == 0)

            let segment = try #require(home.segments().last)
            let sound = try Data(contentsOf: segment)
            var damaged = sound
            let name = try #require(damaged.range(of: home.visit("客3")))
            damaged[name.upperBound - 1] ^= 1
            let removed = try home.visit("客8")
            var rows = damaged.split(separator: 0x0A)
            rows.removeAll { $0.range(of: removed) != nil }
            try (Data(rows.joined(separator: [0x0A])) + [0x0A]).write(to: segment)
            #expect(try home.run("verify").code == 4)

            let mended = try home.run("verify --repair")
            #expect(mended.code == 0, "\(mended)")
            #expect(mended.out.contains("已修复"))
            #expect(try Data(contentsOf: segment) == sound)
            #expect(try home.show("gate").count == 12)
            let kept = try FileManager.default.contentsOfDirectory(atPath: segment.deletingLastPathComponent().path)
            #expect(kept.contains { $0.contains(".damaged-") })
        }

        @Test("2: a mirror inside the data folder is refused")
        func overlap() throws {
            let home = try TestHome()
            let segment = try #require(home.segments().last)
            let inside = segment.deletingLastPathComponent().appendingPathComponent("mirror").path
            let outcome = try home.run(["mirror", inside])
            #expect(outcome.code == 2)
            #expect(outcome.err.contains("mirror.overlaps"), "\(outcome)")
            #expect(try home.run("mirror").out.contains("没有镜像"))
        }
    }
}
