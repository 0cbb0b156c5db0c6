/** A small hall that uses every field of the format, in the form that export writes. */
export const smallHall = `format: 1
branch: small-hall
name:
  id: Balai Kecil
  en: Small Hall
notes:
  - Made for tests.
zone: Asia/Jakarta
dayStartsAt: '04:00'
languages: [ id, en ]
currency: IDR

hours:
  week:
    monday: { opens: '08:00', closes: '15:00', breaks: [ { from: '12:00', to: '13:00' } ] }
    friday: { opens: '07:30', closes: '11:00' }
  exceptions:
    - name:
        id: Hari Kemerdekaan
        en: Independence Day
      from: '2026-08-17'
      to: '2026-08-17'
      week: {}

rules:
  confirmsArrival: true
  callNextFinishes: false
  callByMinutes: 90
  unanswered:
    afterSeconds: 45
    recalls: 2
    then: missed
  rejoin:
    withinMinutes: 15
    withinCalls: 3
    times: 2
    late: end-of-line
  moreTime:
    minutes: 10
    times: 2
  undoSeconds: 60
  nextAfterSeconds: 5
  contactHours: 48
  issuesOnlyInHours: true
  stopMinutesBeforeClosing: 30
  agentsMayChoose: false
  hidesLine: false
  openScreens: false
  remoteJoining: true
  survey: skm
  webPush: true
  ratio:
    normal: 2
    priority: 1
  appointments:
    earlyMinutes: 20
    lateMinutes: 5
  announcements:
    chime: true
    voice: false
    times: 2
    volume: 60
    quiet:
      from: '22:00'
      to: '06:00'
  recordings:
    - language: id
      clip: n1
      file: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      ms: 640
  waitTargetMinutes: 20
  alertWaitMinutes: 45
  alertWaiting: 60
  alertShareWithinTarget: 65
  alertServingMinutes: 40
  alertDeviceSilentMinutes: 5
  callColour: '#ffe08a'
  skills:
    - counters: [ loket-2 ]
      of:
        services: [ CIV-01 ]
      laterMinutes: 10
  helps:
    - counters: [ loket-1, loket-2 ]
      with:
        agencies: [ CIV, TAX ]
      afterMinutes: 15

priorities:
  - id: elderly
    name:
      id: Lanjut usia
      en: Elderly
    headStartMinutes: 20

agencies:
  - id: CIV
    name:
      id: Catatan Sipil
      en: Civil Registration
  - id: TAX
    name:
      id: Pajak
      en: Tax

services:
  - id: CIV-01
    agency: CIV
    name:
      id: Akta kelahiran
      en: Birth certificate
    prefix: A
    numbers: { from: 100, to: 198, step: 2 }
    standardMinutes: 15
    fee: 12500.5
    requirements:
      id:
        - Kartu Keluarga
        - Buku nikah
    mobile: unknown
    hours:
      week:
        monday: { opens: '09:00', closes: '14:00', breaks: [ { from: '11:30', to: '12:15' } ] }
        friday: { opens: '08:00', closes: '10:30' }
    stopMinutesBeforeClosing: 45
    quota: 40
    onePerHolder: true
    source: general knowledge
  - id: TAX-01
    agency: TAX
    name:
      id: Kode billing
      en: Billing code
    prefix: TX
    source: 'https://example.org/tax?page=351 ; "quoted", with a colon: and a # sign'

counters:
  - id: loket-1
    number: 1
    area:
      id: Lantai 2
      en: Second floor
    serves:
      agencies: [ CIV ]
  - id: loket-2
    number: 2
    serves:
      agencies: [ TAX ]
      services: [ CIV-01 ]

journeys:
  - id: newborn
    name:
      id: Bayi baru lahir
      en: Newborn child
    steps:
      - [ CIV-01, TAX-01 ]
    source: made for tests

screens:
  - id: second-floor
    name:
      id: Ruang tunggu lantai dua
      en: Waiting room of the second floor
    layout: board
    zone:
      areas: [ Lantai 2 ]
      agencies: [ TAX, CIV ]
      counters: [ loket-2, loket-1 ]
    notice:
      id: Bawa kartu tanda penduduk.
      en: Bring your identity card.
    media:
      files:
        - 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        - 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752
      pictureSeconds: 20
    volume: 30
  - id: above-1
    layout: sign
    zone:
      counters: [ loket-1 ]

printers:
  - id: door
    name:
      id: Pintu masuk
      en: Entrance
    address: 192.168.1.50
    port: 9101
    paper: 58
  - id: desk
    address: fd00::51
  - id: own
    address: usb
`;

/** `smallHall` with one piece of its text replaced. Throws when the piece is not there exactly once. */
export const smallHallWith = (piece: string, instead: string): string => {
  const parts = smallHall.split(piece);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} times in the small hall: ${piece}`);
  return parts.join(instead);
};
