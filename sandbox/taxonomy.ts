import { hash, hashText } from "./noise";

/** One node of the category tree, as a row of the ranking shows it. A first level has no `parent_id`. */
export interface CategoryNode {
  id: string;
  label: string;
  parent_id?: string;
  value: string;
}

/** A third-level category with its whole path. `season` names a curve of seasons.ts; "" has none. */
export interface Category {
  first: CategoryNode;
  second: CategoryNode;
  third: CategoryNode;
  urlTitle: string;
  season: string;
  /** How much of the market the first level has: 1 is usual. */
  weight: number;
}

/*
 * `id name *weight` is a first level (ids and names as known); below it `second: third | third`. `@season` holds for
 * the name that it follows (and for all below it), `#id` fixes an id of the vendor's own sample. All else is invented.
 */
const TREE = `
605196 Automotive & Motorbike *0.9
Car Interior: Seat Covers | Steering Wheel Covers | Car Phone Holders | Car Air Fresheners | Dashboard Cameras | Floor Mats
Car Exterior: Car Covers @summer | Wiper Blades | Window Tint Film | Car Stickers
Car Care: Car Wash Tools | Wax & Polish | Scratch Removers
Motorbike Accessories: Motorbike Helmets | Riding Gloves @winter | Motorbike Phone Mounts
Car Emergency Gear: Jump Starters | Tyre Inflators

602284 Baby & Maternity *1
Baby Feeding: Baby Bottles | Breast Pumps | Bibs & Burp Cloths | Sippy Cups
Nappies & Wipes: Disposable Nappies | Baby Wipes | Changing Mats
Baby Travel: Strollers | Baby Carriers | Car Seats
Nursery: Cots & Cribs | Baby Monitors | Night Lights
Baby Toys: Teethers & Rattles | Play Mats
Baby Clothing: Rompers & Onesies | Newborn Sets | Baby Shoes
Maternity: Maternity Dresses | Nursing Bras | Pregnancy Pillows

601450 Beauty & Personal Care *3.2
Makeup & Perfume #848648: Perfume #601583 @valentine | Lipstick & Lip Gloss | Foundation | Mascara | Eyeshadow | Makeup Brushes | Setting Spray | Strip Lashes | Makeup Sets @gift
Skincare: Facial Cleansers | Serums & Essences | Face Moisturisers | Sunscreen @summer | Face Masks | Toners | Lip Balm @winter | Acne Treatments
Haircare & Styling: Shampoo & Conditioner | Hair Oils | Hair Dryers & Stylers | Wigs & Extensions | Hair Dye
Bath & Body: Body Wash | Body Lotion @winter | Deodorants @summer | Body Scrubs
Nail Care: Nail Polish | Press-On Nails | Nail Art Tools
Personal Care: Oral Care | Shaving & Hair Removal @summer | Feminine Care
Beauty Devices: Facial Cleansing Brushes | LED Light Masks

801928 Books, Magazines & Audio *0.45
Fiction: Romance Novels | Thrillers & Mysteries | Fantasy Novels
Non-Fiction: Self-Help Books | Cookery Books @gift | Business & Finance Books | Biographies
Children's Books: Picture Books | Early Learning Books @school | Colouring Books
Education Books: Language Learning | Exam Preparation @school
Magazines & Audio: Magazines | Vinyl Records

951432 Collectibles *0.5
Trading Cards: Sports Trading Cards | Collectible Card Games | Card Sleeves & Binders
Figures & Models: Anime Figures | Blind Box Figures | Model Kits
Coins & Stamps: Commemorative Coins | Stamp Albums
Memorabilia: Music Memorabilia | Film & TV Memorabilia | Sports Memorabilia
Crystals & Curios: Crystals & Minerals | Antique Curios

601755 Computers & Office Equipment *0.8
Laptops & Desktops: Laptops @school | Desktop Computers | Mini PCs
Computer Accessories: Keyboards | Mice & Mouse Pads | Laptop Stands | USB Hubs & Docks | Webcams
Storage & Networking: External Drives | Memory Cards | Wi-Fi Routers
Printers & Scanners: Photo Printers | Label Printers | Ink & Toner
Office Supplies: Pens & Markers @school | Notebooks & Planners @newyear | Desk Organisers | Sticky Notes @school

605248 Fashion Accessories *1.1
Jewellery Sets & Pieces: Necklaces @valentine | Earrings | Bracelets & Bangles @valentine | Rings | Anklets @summer
Watches: Quartz Watches @gift | Watch Straps
Eyewear: Sunglasses @summer | Reading Glasses | Blue Light Glasses
Hats & Caps: Baseball Caps | Beanies @winter | Bucket Hats @summer
Scarves & Gloves @winter: Scarves & Shawls | Gloves & Mittens
Hair Accessories: Hair Claws & Clips | Scrunchies & Hair Ties | Headbands
Belts: Leather Belts | Waist Chains

700437 Food & Beverages *1.5
Snacks: Crisps & Puffs | Dried Fruit & Nuts | Biscuits & Cookies | Jerky
Confectionery: Chocolate @valentine | Gummies & Sweets @halloween | Freeze-Dried Sweets
Drinks: Coffee | Tea | Energy Drinks | Soft Drinks @summer | Powdered Drinks
Instant Food: Instant Noodles | Ready Meals | Canned Food
Cooking Ingredients: Sauces & Condiments | Spices & Seasonings | Cooking Oil | Rice & Grains
Festive Food: Dates @ramadan | Festive Hampers @christmas

604453 Furniture *0.6
Bedroom Furniture: Bed Frames | Mattresses | Bedside Tables | Wardrobes
Living Room Furniture: Sofas & Sofa Beds | Coffee Tables | TV Stands
Office Furniture: Office Chairs @school | Standing Desks | Gaming Chairs
Storage Furniture: Bookcases | Shoe Cabinets | Shelving Units
Outdoor Furniture @garden: Garden Chairs | Hammocks & Swings | Patio Sets

700645 Health *1.9
Vitamins & Supplements: Multivitamins | Collagen | Fish Oil & Omega-3 | Probiotics | Magnesium | Creatine @newyear | Protein Powder @newyear
Herbal Wellness: Herbal Teas | Ginseng & Tonics | Essential Oils
Weight Management @newyear: Meal Replacements | Fibre Supplements
Medical Supplies: Thermometers @winter | First Aid Kits | Face Coverings | Blood Pressure Monitors
Massage & Pain Relief: Massage Guns | Heating Pads @winter | Posture Correctors | Compression Socks
Sleep & Relaxation: Sleep Aids | Sleep Masks & Earplugs

604968 Home Improvement *0.7
Lighting: LED Strip Lights | Ceiling Lights | Table Lamps | Solar Lights @garden
Kitchen & Bathroom Fixtures: Shower Heads | Taps & Mixers | Bidet Sprayers
Wall & Floor: Wallpaper & Wall Stickers | Paint & Coatings | Peel-and-Stick Tiles
Home Security: Security Cameras | Smart Locks | Video Doorbells
Gardening @garden: Garden Hoses | Plant Pots | Seeds & Bulbs | Fertilisers

600001 Home Supplies *2.1
Home Decoration: Wall Art | Candles & Diffusers @gift | Artificial Flowers | Clocks | Mirrors
Festive Decorations: Christmas Decorations @christmas | Halloween Decorations @halloween | Party Balloons | Ramadan Decorations @ramadan
Cleaning Supplies: Mops & Brooms | Cleaning Sprays | Sponges & Cloths | Laundry Detergent | Toilet Cleaners
Home Organisers: Storage Boxes | Clothes Hangers | Shoe Racks | Vacuum Storage Bags
Bathroom Accessories: Bath Mats | Shower Curtains | Toothbrush Holders
Pest Control @summer: Mosquito Repellents | Insect Traps

600942 Household Appliances *1.2
Kitchen Appliances: Air Fryers | Blenders & Juicers | Rice Cookers | Coffee Machines @gift | Electric Kettles | Microwave Ovens
Cleaning Appliances: Vacuum Cleaners | Robot Vacuums | Steam Cleaners | Garment Steamers
Heating & Cooling: Portable Fans @summer | Air Conditioners @summer | Electric Heaters @winter | Humidifiers @winter
Air & Water: Air Purifiers | Water Purifiers
Laundry Appliances: Washing Machines | Electric Clothes Dryers

953224 Jewellery, Accessories & Derivatives *0.55
Gold Jewellery: Gold Necklaces @valentine | Gold Rings | Gold Bracelets
Silver Jewellery: Silver Earrings | Silver Necklaces
Gemstones: Moissanite Rings @valentine | Jade Bangles | Natural Gemstone Beads | Diamond Rings @valentine
Pearls: Pearl Necklaces | Pearl Earrings
Body Jewellery: Nose Rings & Studs | Belly Rings @summer

802184 Kids' Fashion *0.9
Girls' Clothing: Girls' Dresses @summer | Girls' Tops | Girls' Sets | Girls' Coats @winter
Boys' Clothing: Boys' T-Shirts | Boys' Sets | Boys' Trousers | Boys' Jackets @winter
Kids' Footwear: Kids' Trainers @school | Kids' Sandals @summer
Kids' Accessories: Kids' Hats | Kids' Hair Accessories | Kids' Sunglasses @summer
School & Dress-Up: School Uniforms @school | Kids' Costumes @halloween

600024 Kitchenware *1.3
Cookware: Frying Pans | Saucepans & Stockpots | Woks | Cookware Sets @gift
Bakeware: Baking Trays | Cake Moulds | Piping Tools
Drinkware: Water Bottles & Tumblers | Mugs | Wine Glasses @gift | Lunch Boxes @school
Kitchen Tools: Vegetable Choppers | Kitchen Scales | Peelers & Graters | Can & Jar Openers
Knives & Boards: Kitchen Knives | Chopping Boards | Knife Sharpeners
Tableware: Dinner Sets | Cutlery | Food Storage Containers

824584 Luggage & Bags *1
Women's Bags: Tote Bags | Crossbody Bags | Shoulder Bags | Clutches & Evening Bags @gift | Backpacks
Men's Bags: Messenger Bags | Briefcases | Chest Bags
Luggage & Travel @summer: Suitcases | Travel Organisers | Duffel Bags
Wallets: Women's Purses | Men's Wallets @gift | Card Holders
Functional Bags: School Bags @school | Laptop Bags | Cosmetic Bags

824328 Menswear & Men's Underwear *1.3
Men's Tops: T-Shirts | Shirts | Hoodies & Sweatshirts @winter | Polo Shirts @summer | Vests @summer
Men's Bottoms: Jeans | Chinos & Trousers | Shorts @summer | Joggers
Men's Outerwear @winter: Jackets & Coats | Gilets | Jumpers & Cardigans
Men's Underwear: Boxers & Briefs | Socks | Thermal Underwear @winter
Men's Suits: Suits & Blazers | Tracksuits
Men's Swimwear @summer: Swim Shorts

601303 Muslim Fashion *0.8
Hijabs & Scarves: Instant Hijabs | Square Hijabs | Pashminas | Hijab Pins & Accessories
Women's Muslim Wear @ramadan: Abayas | Kaftans | Modest Dresses | Modest Tunics
Men's Muslim Wear @ramadan: Thobes | Koko Shirts | Kufi Caps
Prayer Wear: Prayer Dresses | Prayer Mats | Prayer Beads
Kids' Muslim Wear @ramadan: Girls' Abayas | Boys' Thobes
Modest Sportswear @summer: Modest Swimwear | Sports Hijabs

602118 Pet Supplies *1.1
Dog Supplies: Dog Food | Dog Treats | Dog Harnesses & Leads | Dog Beds | Dog Toys
Cat Supplies: Cat Food | Cat Litter | Cat Trees & Scratchers | Cat Toys | Litter Boxes
Pet Grooming: Pet Brushes | Pet Shampoo | Nail Grinders | Pet Hair Removers
Pet Health: Flea & Tick Control @summer | Pet Supplements
Pet Clothing: Pet Costumes @halloween | Pet Jumpers @winter
Small Pets & Fish: Aquarium Supplies | Bird Cages | Small Pet Bedding

601739 Phones & Electronics *2.2
Phone Accessories: Phone Cases | Screen Protectors | Phone Chargers | Power Banks | Phone Stands | Charging Cables
Mobile Phones: Smartphones | Feature Phones | Refurbished Phones
Audio: Wireless Earbuds | Headphones | Bluetooth Speakers | Microphones
Wearables: Smartwatches @newyear | Fitness Trackers @newyear | Smart Rings
Cameras & Photography: Instant Cameras @gift | Action Cameras @summer | Ring Lights | Tripods & Gimbals
Gaming: Handheld Consoles @gift | Game Controllers | Gaming Headsets
TV & Projectors: Projectors | TV Boxes & Sticks | Televisions

601352 Shoes *1.2
Women's Shoes: Women's Trainers | Heels | Flats & Loafers | Women's Boots @winter | Women's Sandals @summer
Men's Shoes: Men's Trainers | Formal Shoes | Men's Boots @winter | Men's Sandals @summer
Slippers: Indoor Slippers @winter | Clogs | Flip-Flops @summer
Sports Shoes: Running Shoes @newyear | Football Boots | Basketball Shoes | Hiking Boots
Shoe Care: Insoles | Shoe Cleaners | Shoelaces

603014 Sports & Outdoor *1.2
Fitness Equipment @newyear: Dumbbells & Kettlebells | Yoga Mats | Resistance Bands | Treadmills & Walking Pads | Ab Trainers
Sportswear: Leggings | Sports Bras | Gym T-Shirts | Cycling Jerseys
Camping & Hiking @summer: Tents | Sleeping Bags | Camping Cookware | Torches & Lanterns
Cycling: Bicycles | Cycling Helmets | Bike Lights | Electric Scooters
Water Sports @summer: Swimming Goggles | Inflatable Pools | Paddle Boards
Ball & Racket Sports: Footballs | Badminton Rackets | Pickleball Paddles | Golf Accessories
Fishing: Fishing Rods | Fishing Lures

600154 Textiles & Soft Furnishings *0.9
Bedding: Bed Sheets | Duvet Covers | Pillows | Duvets @winter | Mattress Toppers
Blankets & Throws @winter: Fleece Blankets | Wearable Blankets | Electric Blankets
Curtains & Blinds: Blackout Curtains | Sheer Curtains | Roller Blinds
Cushions & Covers: Cushion Covers | Sofa Covers | Seat Cushions
Towels: Bath Towels | Beach Towels @summer
Rugs: Area Rugs | Doormats

604579 Tools & Hardware *0.7
Power Tools: Cordless Drills | Electric Screwdrivers | Pressure Washers @garden | Chainsaws @garden
Hand Tools: Screwdriver Sets | Spanners & Wrenches | Multi-Tools @gift | Measuring Tools
Hardware: Adhesives & Sealants | Hooks & Fasteners | Padlocks
Electrical: Extension Leads | Smart Plugs | Voltage Testers
Workshop Safety: Work Gloves | Safety Glasses | Tool Boxes

604206 Toys & Hobbies *1.2
Educational Toys: Building Blocks @gift | Science Kits @gift | Montessori Toys | Jigsaw Puzzles
Dolls & Plush: Plush Toys @gift | Fashion Dolls @gift | Doll Houses @gift
Outdoor Play @summer: Water Guns | Bubble Machines | Trampolines | Kites
Remote Control & Vehicles: Remote Control Cars @gift | Drones @gift | Toy Trains @christmas
Games: Board Games @gift | Party Card Games
Arts & Crafts: Diamond Painting | Slime & Putty | Crochet & Knitting Kits @winter | Stickers & Stamps
Musical Instruments: Ukuleles & Guitars | Electronic Keyboards

834312 Virtual Products *0.35
Gift Cards: Shopping Gift Cards @gift | Game Top-Ups | Streaming Gift Cards @gift
Telecoms: Mobile Top-Ups | Travel eSIMs @summer
Digital Goods: Software Licences | Design Templates | Printables & Planners @newyear
Courses & Tickets: Online Courses @newyear | Attraction Tickets @summer | Restaurant Vouchers

601152 Womenswear & Women's Underwear *2.4
Women's Tops: T-Shirts | Blouses & Shirts | Crop Tops @summer | Hoodies & Sweatshirts @winter | Bodysuits
Dresses: Casual Dresses @summer | Evening Dresses @gift | Maxi Dresses @summer | Bodycon Dresses
Women's Bottoms: Jeans | Wide-Leg Trousers | Skirts | Women's Leggings | Shorts @summer
Women's Outerwear @winter: Coats & Puffers | Blazers | Cardigans & Jumpers
Underwear & Nightwear: Bras | Knickers | Shapewear | Pyjamas @winter | Tights & Socks
Suits & Sets: Co-ord Sets | Jumpsuits & Playsuits
Swimwear @summer: Bikinis | One-Piece Swimsuits | Cover-Ups
`;

function parseName(text: string): { name: string; id?: string; season?: string } {
  const match = /^(.*?)(?: #(\d+))?(?: @(\w+))?$/.exec(text.trim());
  return { name: match?.[1] ?? text, id: match?.[2], season: match?.[3] };
}

function slug(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function parseTree(): Category[] {
  const taken = new Set([...TREE.matchAll(/^(\d{6})|#(\d+)/gm)].map((match) => match[1] ?? match[2]));
  // The id depends on the path alone, so that adding a category later renames no other.
  const inventId = (path: string): string => {
    for (let attempt = 0; ; attempt++) {
      const id = String(800_000 + ((hash(hashText(path), attempt) >>> 0) % 200_000));
      if (!taken.has(id)) {
        taken.add(id);
        return id;
      }
    }
  };
  const node = (id: string, value: string, parent?: CategoryNode): CategoryNode =>
    parent ? { id, label: `category_${id}`, parent_id: parent.id, value } : { id, label: `category_${id}`, value };

  const found: Category[] = [];
  let first = node("", "");
  let weight = 1;
  for (const line of TREE.split("\n").filter((text) => text !== "")) {
    const top = /^(\d{6}) (.*) \*([\d.]+)$/.exec(line);
    if (top) {
      first = node(top[1] ?? "", top[2] ?? "");
      weight = Number(top[3]);
      continue;
    }
    const [head = "", tail = ""] = line.split(": ");
    const group = parseName(head);
    const second = node(group.id ?? inventId(`${first.value}/${group.name}`), group.name, first);
    for (const text of tail.split(" | ")) {
      const leaf = parseName(text);
      const id = leaf.id ?? inventId(`${first.value}/${group.name}/${leaf.name}`);
      const season = leaf.season ?? group.season ?? "";
      found.push({ first, second, third: node(id, leaf.name, second), urlTitle: slug(leaf.name), season, weight });
    }
  }
  return found;
}

/** Every third-level category, in a fixed order: the index into this list is the category's number elsewhere. */
export const CATEGORIES: readonly Category[] = parseTree();
